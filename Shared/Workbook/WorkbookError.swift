/// Why a workbook cannot be written.
public enum WorkbookError: Error, Equatable, Sendable {
  /// A cell has more characters than a workbook takes; nothing is cut. Rows count from 1, the
  /// header is the first.
  case longCell(sheet: String, row: Int, column: String, length: Int)
  /// A member of the ZIP is too large.
  case largeMember(String)
  /// zlib failed with a code.
  case compression(Int32)
}

extension WorkbookError: CustomStringConvertible {
  /// What is wrong, for people.
  public var description: String {
    switch self {
    case .longCell(let sheet, let row, let column, let length):
      "\(sheet), row \(row), column \(column): \(length) characters, and a cell of a workbook "
        + "holds \(WorkbookLimits.characters); take this report as CSV"
    case .largeMember(let name): "\(name) would be over 4 GiB"
    case .compression(let code): "zlib failed with \(code)"
    }
  }
}

/// How much a sheet holds.
public struct WorkbookLimits: Sendable {
  /// Rows of a sheet, its header included; what is more goes on in a further sheet.
  public var rows = 1_048_576
  /// Bytes of a sheet before it is compressed: a member of a ZIP that is sent as it is made must
  /// stay below 4 GiB.
  public var bytes: UInt64 = 3 << 30
  /// Characters of a cell, as UTF-16 counts them.
  public static let characters = 32_767

  /// What Excel takes.
  public init() {}
}
