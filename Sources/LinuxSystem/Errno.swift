import CLinux
import Glibc

/// An error number of the Linux kernel.
public struct Errno: Error, Hashable, Sendable, RawRepresentable {
  /// The kernel's number, positive.
  public let rawValue: Int32

  /// Wraps a positive error number.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The number that the last failed call of this thread left behind.
  public static var current: Errno { Errno(rawValue: errno) }
}

extension Errno: CustomStringConvertible {
  /// The sentence for this number, such as "File exists".
  public var description: String {
    guard let sentence = unsafe clinux_errno_description(rawValue) else {
      return "Unknown error \(rawValue)"
    }
    return unsafe String(cString: sentence)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Errno {
  public static let permission = Errno(rawValue: EPERM)
  public static let noEntry = Errno(rawValue: ENOENT)
  public static let noProcess = Errno(rawValue: ESRCH)
  public static let interrupted = Errno(rawValue: EINTR)
  public static let inputOutput = Errno(rawValue: EIO)
  public static let noSuchAddressOrDevice = Errno(rawValue: ENXIO)
  public static let badDescriptor = Errno(rawValue: EBADF)
  public static let tryAgain = Errno(rawValue: EAGAIN)
  public static let outOfMemory = Errno(rawValue: ENOMEM)
  public static let accessDenied = Errno(rawValue: EACCES)
  public static let badAddress = Errno(rawValue: EFAULT)
  public static let busy = Errno(rawValue: EBUSY)
  public static let exists = Errno(rawValue: EEXIST)
  public static let crossDeviceLink = Errno(rawValue: EXDEV)
  public static let noDevice = Errno(rawValue: ENODEV)
  public static let notDirectory = Errno(rawValue: ENOTDIR)
  public static let isDirectory = Errno(rawValue: EISDIR)
  public static let invalidArgument = Errno(rawValue: EINVAL)
  public static let tooManyOpenFiles = Errno(rawValue: EMFILE)
  public static let notTerminal = Errno(rawValue: ENOTTY)
  public static let noSpace = Errno(rawValue: ENOSPC)
  public static let readOnlyFileSystem = Errno(rawValue: EROFS)
  public static let outOfRange = Errno(rawValue: ERANGE)
  public static let nameTooLong = Errno(rawValue: ENAMETOOLONG)
  public static let directoryNotEmpty = Errno(rawValue: ENOTEMPTY)
  public static let tooManySymbolicLinks = Errno(rawValue: ELOOP)
  public static let badMessage = Errno(rawValue: EBADMSG)
  public static let messageTooLong = Errno(rawValue: EMSGSIZE)
  public static let protocolOptionNotAvailable = Errno(rawValue: ENOPROTOOPT)
  public static let protocolNotSupported = Errno(rawValue: EPROTONOSUPPORT)
  public static let notSupported = Errno(rawValue: EOPNOTSUPP)
  public static let addressFamilyNotSupported = Errno(rawValue: EAFNOSUPPORT)
  public static let addressInUse = Errno(rawValue: EADDRINUSE)
  public static let addressNotAvailable = Errno(rawValue: EADDRNOTAVAIL)
  public static let networkDown = Errno(rawValue: ENETDOWN)
  public static let networkUnreachable = Errno(rawValue: ENETUNREACH)
  public static let noBufferSpace = Errno(rawValue: ENOBUFS)
  public static let timedOut = Errno(rawValue: ETIMEDOUT)
  public static let connectionRefused = Errno(rawValue: ECONNREFUSED)
  public static let stale = Errno(rawValue: ESTALE)
}
