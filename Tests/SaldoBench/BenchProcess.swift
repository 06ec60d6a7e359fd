import Foundation

/// A `saldo` process of the measure.
final class BenchProcess {
  private let process = Process()
  private let output = Pipe()

  /// Starts it.
  init(_ program: URL, _ arguments: [String]) throws {
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
  }

  /// Where it takes connections, once it has said so.
  private(set) var address = ""

  /// Waits until it says where it takes connections.
  func waitForAddress() throws {
    var text = Data()
    while true {
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { throw BenchError.missing("\(process.arguments ?? []) ended") }
      text += more
      let lines = String(decoding: text, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      // The last piece is no line yet.
      guard let line = lines.dropLast().first(where: { $0.hasPrefix("listening on ") }) else {
        continue
      }
      address = String(line.dropFirst("listening on ".count))
      return
    }
  }

  /// Waits for its end; answers what it wrote.
  func ended() throws -> String {
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError.missing("\(process.arguments ?? []) ended with \(process.terminationStatus)")
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether it runs.
  var isRunning: Bool { process.isRunning }

  /// The largest resident set so far, in MiB.
  var peakMiB: Int { Memory.peakMiB(of: process.processIdentifier) ?? 0 }

  /// Asks it to end, and waits until it has.
  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
