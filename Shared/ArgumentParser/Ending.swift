#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a process ends after an error: with which code, and what it says.
struct Ending {
  let code: ExitCode
  /// Without a line's end; for standard output after success, else for standard error.
  let message: String

  init(_ error: any Error, root: any ParsableCommand.Type) {
    let reader = CommandLineReader(root: root)
    switch error {
    case let exit as ExitCode: (code, message) = (exit, "")
    case CleanExit.message(let text): (code, message) = (.success, text)
    case CleanExit.helpRequest(let command):
      (code, message) = (.success, HelpText(path: reader.path(to: command)).text)
    case let error as UsageError: (code, message) = (.validationFailure, Self.complaint(error))
    case let error as ValidationError:
      (code, message) = (
        .validationFailure,
        Self.complaint(UsageError(path: [root], fault: .invalid(error.message)))
      )
    default: (code, message) = (.failure, "Error: \(error)")
    }
  }

  private static func complaint(_ error: UsageError) -> String {
    let help = HelpText(path: error.path)
    var lines = ["Error: \(error.fault)"]
    if let declaration = error.fault.declaration, !declaration.help.abstract.isEmpty {
      lines.append("Help:  \(declaration.label)  \(declaration.help.abstract)")
    }
    lines.append("Usage: \(help.synopsis)")
    lines.append("  See '\(help.name) --help' for more information.")
    return lines.joined(separator: "\n")
  }

  /// Says it, and ends the process.
  func endProcess() -> Never {
    let stream = code == .success ? STDOUT_FILENO : STDERR_FILENO
    var rest = Array(message.isEmpty ? "".utf8 : "\(message)\n".utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(stream, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { break }
      rest = rest.dropFirst(written)
    }
    exit(code.rawValue)
  }
}
