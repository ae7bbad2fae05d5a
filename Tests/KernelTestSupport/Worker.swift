import Glibc

/// A thread that runs beside the test.
package final class Worker {
  private final class Job {
    let body: @Sendable () throws -> Void
    var error: (any Error)?

    init(_ body: @escaping @Sendable () throws -> Void) {
      self.body = body
    }
  }

  private let job: Job
  private var thread = pthread_t()

  /// Starts the thread.
  package init(_ body: @escaping @Sendable () throws -> Void) {
    job = Job(body)
    let argument = Unmanaged.passRetained(job).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        let job = Unmanaged<Job>.fromOpaque(argument!).takeRetainedValue()
        do { try job.body() } catch { job.error = error }
        return nil
      }, argument)
  }

  /// Waits for the end of the thread, and throws what it threw.
  package func join() throws {
    pthread_join(thread, nil)
    if let error = job.error { throw error }
  }
}
