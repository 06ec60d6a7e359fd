/// A wrong use of a command: its message is shown with the command's usage.
public struct ValidationError: Error, CustomStringConvertible {
  /// What is wrong, as a sentence.
  public let message: String

  /// An error with a message.
  public init(_ message: String) { self.message = message }

  public var description: String { message }
}

/// An end of the process with a code and without a message.
public struct ExitCode: Error, RawRepresentable, Hashable {
  /// What the process answers to who started it.
  public var rawValue: Int32

  /// A code.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// A code.
  public init(_ code: Int32) { self.init(rawValue: code) }

  /// All went well.
  public static let success = Self(0)
  /// Something went wrong.
  public static let failure = Self(1)
  /// The command line was wrong: `EX_USAGE` of sysexits.h.
  public static let validationFailure = Self(64)
}

/// An end of the process that is what was asked for.
public enum CleanExit: Error {
  /// Shows a command's help.
  case helpRequest(any ParsableCommand.Type)
  /// Shows a text.
  case message(String)
}
