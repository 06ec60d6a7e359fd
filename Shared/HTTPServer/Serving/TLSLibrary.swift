import CNetwork

/// The library for TLS under this module.
public enum TLSLibrary {
  /// The version of OpenSSL that the process runs with, such as `3.0.19`.
  public static var version: String { String(cString: OpenSSL_version(OPENSSL_VERSION_STRING)) }
}
