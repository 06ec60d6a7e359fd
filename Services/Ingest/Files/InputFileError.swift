/// Why a file cannot be loaded.
public struct InputFileError: Error, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// The system cannot open or read it.
    case unreadable
    /// It is none of the formats, or a ZIP that holds no Data Stage.
    case unknownFormat
    /// A column is there twice, or under another name than its own, or one is missing that no row
    /// can do without.
    case columns
    /// Its text is in an encoding that is not read, or not what its mark says.
    case encoding
    /// It begins as a ZIP, but is too short to be one.
    case notAZip
    /// A ZIP without its end.
    case truncated
    /// A ZIP with a damaged directory or member: its CRC or its size is not what it declares.
    case corrupt
    /// A ZIP with members under a password.
    case encrypted
    /// A ZIP whose members are compressed in a way that is not supported.
    case unsupported
    /// A ZIP that grows beyond ``FileLimits``: by its total, or by its ratio.
    case bomb
    /// A ZIP with more members than ``FileLimits/maxMembers``.
    case tooManyMembers
    /// A ZIP with a member that is named outside of it: an absolute name, or one with `..`.
    case unsafePath
    /// Memory does not suffice for it.
    case tooLarge
  }

  /// The file's path or name.
  public var file: String
  /// What is wrong.
  public var code: Code
  /// What is wrong, for people.
  public var detail: String

  /// An error of its parts.
  public init(file: String, code: Code, detail: String) {
    self.file = file
    self.code = code
    self.detail = detail
  }

  /// `file: code: detail`.
  public var description: String { "\(file): \(code.rawValue): \(detail)" }
}
