import Foundation
import Hashing
import ReportingRules

/// The name of a view: of which report it is, of which books, judged on which days.
///
/// Where the days are those of the moment it says for which quarters of an hour they are the same:
/// books that nothing came to have one view a day, and not one for each corte.
struct ViewName: Equatable {
  /// A hash of all but the quarters.
  let base: String
  /// For which quarters of an hour it is the same.
  let quarters: ClosedRange<Int64>

  /// As the folder is called.
  var text: String { "\(base)-\(quarters.lowerBound)-\(quarters.upperBound)" }

  init(_ base: String, _ quarters: ClosedRange<Int64>) {
    (self.base, self.quarters) = (base, quarters)
  }

  /// Reads a folder's name; nil where it is none of a view.
  init?(_ text: String) {
    let parts = text.split(separator: "-")
    guard parts.count == 3, let first = Int64(parts[1]), let last = Int64(parts[2]), first <= last
    else { return nil }
    self.init(String(parts[0]), first...last)
  }

  /// Another number, other views of the same: for what views hold.
  private static let layout = 1

  /// - Parameter corte: names the books.
  static func base(of file: ReportFile, _ corte: Corte, _ export: ReportExport) -> String {
    let days = [
      export.dueSoonDays, export.transferDays, export.noticeDays, export.submanufactureDays,
      export.transitDays,
    ]
    let text = [
      "\(layout)", program, corte.folderName, file.rawValue, "\(days)", "\(export.isSettled)",
      export.asOf.map { "\($0)" } ?? "", export.today.map { "\($0)" } ?? "",
    ]
    return SHA256.mark(of: text.joined(separator: "\u{0}"))
  }

  /// What the program is told by: another one may make other rows of the same books.
  private static let program: String = {
    let path = "/proc/self/exe"
    var status = stat()
    guard stat(path, &status) == 0 else { return "" }
    return "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }()
}

extension SHA256 {
  /// Half of a text's hash, as hexadecimal digits; empty where OpenSSL could not make it.
  static func mark(of text: String) -> String {
    var hash = SHA256()
    Array(text.utf8).withUnsafeBytes { hash.add($0) }
    return hash.finish().map { hexadecimal(Array($0[..<16])) } ?? ""
  }
}
