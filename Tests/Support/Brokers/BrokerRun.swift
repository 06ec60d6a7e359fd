import Foundation

/// A broker's program while it runs. It ends with these tests, also where they are killed.
///
/// A shell stands between: once its standard input ends, which it does with this process however
/// that comes about, it kills the program and removes its folder.
final class BrokerRun {
  private let shell = Process()
  private let input = Pipe.forOneProgram()
  private let output = Pipe.forOneProgram()
  /// The program's own process, which signals are for.
  private let program: Int32

  private static let script = """
    exec 3<&0
    folder=$1; shift
    sh -c 'echo "$$"; exec "$@"' sh "$@" 3<&- </dev/null 2>&1 &
    program=$!
    (read -r word <&3; [ "$word" = keep ] || { kill -KILL "$program"; rm -rf "$folder"; }) &
    exec 3<&-
    wait
    """

  /// Starts a program and returns once it prints a line that has `ready` in it, or at once where
  /// there is no such line.
  init(_ program: URL, _ arguments: [String], folder: URL, ready: String?) throws {
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", Self.script, "sh", folder.path, program.path] + arguments
    shell.standardInput = input
    shell.standardOutput = output
    shell.standardError = output
    try Self.unblocked { [shell] in try shell.run() }
    let lines = LineReader(output.fileHandleForReading)
    guard let number = lines.next().flatMap({ Int32($0) }) else {
      throw BrokerError.notStarted("no shell to run it")
    }
    self.program = number
    guard let ready else {
      lines.drain()
      return
    }
    var said: [String] = []
    while let line = lines.next() {
      said.append(line)
      if line.contains(ready) {
        lines.drain()
        return
      }
    }
    try? input.fileHandleForWriting.close()
    throw BrokerError.notStarted(said.joined(separator: "\n"))
  }

  /// Starts something that is to hear signals, which the threads of a pool block for themselves and
  /// for all that they start.
  private static func unblocked(_ start: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try start()
  }

  /// Has the program end in good order, and waits for it. Its folder stays.
  func terminate() throws { try end(by: SIGTERM) }

  /// Kills the program, and waits for its end. Its folder stays.
  func kill() throws { try end(by: SIGKILL) }

  /// Sends the program a signal.
  func send(_ signal: Int32) { Foundation.kill(program, signal) }

  private func end(by signal: Int32) throws {
    try input.fileHandleForWriting.write(contentsOf: Data("keep\n".utf8))
    send(signal)
    shell.waitUntilExit()
  }

  /// Kills the program and removes its folder.
  func end() {
    // A word, and not the end of the pipe, which a program started meanwhile may hold open.
    try? input.fileHandleForWriting.write(contentsOf: Data("end\n".utf8))
    try? input.fileHandleForWriting.close()
    shell.waitUntilExit()
  }
}

/// Why there is no broker to test on.
public enum BrokerError: Error, CustomStringConvertible {
  /// It is not installed.
  case missing(String)
  /// It ended at once, and said this.
  case notStarted(String)

  /// What happened, and what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      "there is no \(path): .ci/brokers installs the brokers that the tests run on"
    case .notStarted(let output): "the broker did not start: \(output)"
    }
  }
}
