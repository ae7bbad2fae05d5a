/// Retries a call on EINTR; throws the error number if it returns -1.
@discardableResult
package func retryingOnInterrupt(_ call: () -> Int) throws(Errno) -> Int {
  while true {
    let result = call()
    if result >= 0 { return result }
    let errno = Errno.current
    guard errno == .interrupted else { throw errno }
  }
}
