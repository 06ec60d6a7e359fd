import EventLogKafka
import HTTPServer
import IngestFiles
import Messages
import SQLite
import Workbook

/// What `saldo --version` says: the program's version, and the libraries that it runs with, which
/// the system may replace under it.
enum Version {
  /// The program's version, as in CHANGELOG.md and in the Debian package.
  static let number = "0.1.0"

  /// A line for the program, whose second word is the version, one for the rules that it goes by
  /// (Upgrading), then one for each library.
  static var text: String {
    let libraries = [
      ("SQLite", SQLiteLibrary.version), ("librdkafka", KafkaClient.version),
      ("OpenSSL", TLSLibrary.version), ("libzip", ZIPLibrary.version),
      ("zlib", CompressionLibrary.version),
    ]
    return
      (["saldo \(number)", "rules \(RulesVersion.current)"] + libraries.map { "\($0.0) \($0.1)" })
      .joined(separator: "\n")
  }
}
