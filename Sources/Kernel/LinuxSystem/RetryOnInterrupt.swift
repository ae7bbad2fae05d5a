/// Repeats a call that a signal interrupts; throws the error number of one that gives -1.
@discardableResult
public func retryingOnInterrupt(_ call: () -> Int) throws(Errno) -> Int {
  while true {
    let result = call()
    if result >= 0 { return result }
    let errno = Errno.current
    guard errno == .interrupted else { throw errno }
  }
}
