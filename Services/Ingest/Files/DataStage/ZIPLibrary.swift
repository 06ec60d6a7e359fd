import CZip

/// The library for archives under this module.
public enum ZIPLibrary {
  /// The version of libzip that the process runs with, such as `1.7.3`.
  public static var version: String { String(cString: zip_libzip_version()) }
}
