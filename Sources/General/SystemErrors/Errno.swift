import Glibc

/// An error number of the Linux kernel, named as swift-system names it.
public struct Errno: Error, Hashable, Sendable, RawRepresentable {
  /// The kernel's number, positive.
  public let rawValue: Int32

  /// Wraps a positive error number.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }
}

extension Errno {
  /// EPERM: operation not permitted.
  public static let notPermitted = Errno(rawValue: EPERM)
  /// ENOENT: no such file or directory.
  public static let noSuchFileOrDirectory = Errno(rawValue: ENOENT)
  /// ESRCH: no such process.
  public static let noSuchProcess = Errno(rawValue: ESRCH)
  /// EINTR: interrupted system call.
  public static let interrupted = Errno(rawValue: EINTR)
  /// EIO: input/output error.
  public static let ioError = Errno(rawValue: EIO)
  /// ENXIO: no such device or address.
  public static let noSuchDeviceOrAddress = Errno(rawValue: ENXIO)
  /// EBADF: bad file descriptor.
  public static let badDescriptor = Errno(rawValue: EBADF)
  /// EAGAIN: resource temporarily unavailable.
  public static let tryAgain = Errno(rawValue: EAGAIN)
  /// EACCES: permission denied.
  public static let permissionDenied = Errno(rawValue: EACCES)
  /// EFAULT: bad address.
  public static let badAddress = Errno(rawValue: EFAULT)
  /// EBUSY: device or resource busy.
  public static let resourceBusy = Errno(rawValue: EBUSY)
  /// EEXIST: file exists.
  public static let fileExists = Errno(rawValue: EEXIST)
  /// ENODEV: no such device.
  public static let noDevice = Errno(rawValue: ENODEV)
  /// ENOTDIR: not a directory.
  public static let notDirectory = Errno(rawValue: ENOTDIR)
  /// EISDIR: is a directory.
  public static let isDirectory = Errno(rawValue: EISDIR)
  /// EINVAL: invalid argument.
  public static let invalidArgument = Errno(rawValue: EINVAL)
  /// EFBIG: file too large.
  public static let fileTooLarge = Errno(rawValue: EFBIG)
  /// EROFS: read-only file system.
  public static let readOnlyFileSystem = Errno(rawValue: EROFS)
  /// ERANGE: numerical result out of range.
  public static let outOfRange = Errno(rawValue: ERANGE)
  /// ENOTEMPTY: directory not empty.
  public static let directoryNotEmpty = Errno(rawValue: ENOTEMPTY)
  /// ELOOP: too many levels of symbolic links.
  public static let tooManySymbolicLinks = Errno(rawValue: ELOOP)
  /// EBADMSG: bad message.
  public static let badMessage = Errno(rawValue: EBADMSG)
  /// EMSGSIZE: message too long.
  public static let messageTooLong = Errno(rawValue: EMSGSIZE)
  /// ENOPROTOOPT: protocol not available.
  public static let protocolOptionNotAvailable = Errno(rawValue: ENOPROTOOPT)
  /// EPROTONOSUPPORT: protocol not supported.
  public static let protocolNotSupported = Errno(rawValue: EPROTONOSUPPORT)
  /// EOPNOTSUPP: operation not supported.
  public static let notSupported = Errno(rawValue: EOPNOTSUPP)
  /// EAFNOSUPPORT: address family not supported by protocol.
  public static let addressFamilyNotSupported = Errno(rawValue: EAFNOSUPPORT)
  /// EADDRINUSE: address already in use.
  public static let addressInUse = Errno(rawValue: EADDRINUSE)
  /// EADDRNOTAVAIL: cannot assign requested address.
  public static let addressNotAvailable = Errno(rawValue: EADDRNOTAVAIL)
  /// ENETDOWN: network is down.
  public static let networkDown = Errno(rawValue: ENETDOWN)
  /// ENETUNREACH: network is unreachable.
  public static let networkUnreachable = Errno(rawValue: ENETUNREACH)
  /// EHOSTUNREACH: no route to host.
  public static let hostUnreachable = Errno(rawValue: EHOSTUNREACH)
  /// ENOBUFS: no buffer space available.
  public static let noBufferSpace = Errno(rawValue: ENOBUFS)
  /// ESTALE: stale file handle.
  public static let staleHandle = Errno(rawValue: ESTALE)
  /// ETIMEDOUT: connection timed out.
  public static let timedOut = Errno(rawValue: ETIMEDOUT)
  /// ENOTTY: inappropriate ioctl for device.
  public static let inappropriateIOCTLForDevice = Errno(rawValue: ENOTTY)
  /// ENAMETOOLONG: file name too long.
  public static let fileNameTooLong = Errno(rawValue: ENAMETOOLONG)
  /// ENOTRECOVERABLE: state not recoverable.
  public static let notRecoverable = Errno(rawValue: ENOTRECOVERABLE)
  /// ECONNREFUSED: connection refused.
  public static let connectionRefused = Errno(rawValue: ECONNREFUSED)
  /// ECONNRESET: connection reset by peer.
  public static let connectionReset = Errno(rawValue: ECONNRESET)
}
