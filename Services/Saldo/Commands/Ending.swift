import ArgumentParser
import Foundation

/// How the process ends: what it says last, where, and with which exit code.
struct Ending {
  /// The exit code for wrong usage and for what cannot be read or written.
  static let failure: Int32 = 2

  private let code: Int32
  private let output: String
  private let complaint: String

  /// - Parameters:
  ///   - error: what a command ended with.
  ///   - settings: what it was told elsewhere than on its command line.
  init(_ error: any Error, _ settings: Settings? = nil) {
    let parserCode = SaldoCommand.exitCode(for: error)
    switch error {
    case let exit as ExitCode:
      (code, output, complaint) = (exit.rawValue, "", "")
    case let interruption as Interruption:
      (code, output, complaint) = (interruption.exitCode, "", "saldo: \(interruption)")
    case _ where parserCode == .success:
      // Help was asked for.
      (code, output, complaint) = (0, SaldoCommand.fullMessage(for: error), "")
    case _ where parserCode == .validationFailure:
      let message = SaldoCommand.fullMessage(for: error)
      let origins = settings?.origins(namedIn: message) ?? ""
      (code, output, complaint) = (Self.failure, "", message + origins)
    default:
      (code, output, complaint) = (Self.failure, "", "saldo: \(Self.line(error))")
    }
  }

  /// Says it, and answers the exit code.
  func report() -> Int32 {
    if !output.isEmpty { print(output) }
    if !complaint.isEmpty { Standard.error(complaint) }
    return code
  }

  /// An error in one line.
  private static func line(_ error: any Error) -> String {
    let text = (error as? any LocalizedError)?.errorDescription ?? "\(error)"
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

/// The standard streams.
enum Standard {
  /// Writes a line to standard error.
  static func error(_ line: String) { write("\(line)\n", to: STDERR_FILENO) }

  /// Writes a line to standard output at once, for who reads it through a pipe.
  static func output(_ line: String) { write("\(line)\n", to: STDOUT_FILENO) }

  /// Writes text; what cannot be written because nobody reads any more is dropped.
  static func write(_ text: String, to descriptor: Int32) {
    var rest = ArraySlice(text.utf8)
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}
