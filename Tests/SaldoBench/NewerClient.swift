import Brokers
import Foundation

/// The librdkafka that comes with PyPI's `confluent-kafka`, which Tansu needs: Debian's has a
/// defect (mended in 2.2) that keeps it from connecting. Both have the same binary interface.
enum NewerClient {
  private static let mark = "SALDO_BENCH_NEWER_CLIENT"

  /// Whether this process was started by ``run(_:)``.
  static var isLoaded: Bool { ProcessInfo.processInfo.environment[mark] != nil }

  /// Runs this program once more, with that library for itself and for what it starts; what it
  /// prints goes where ours goes.
  static func run(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    guard let library = Broker.newerClient else {
      throw BenchError.missing("a newer librdkafka: make brokers installs it")
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/librdkafka.so.1",
      withDestinationPath: library.path)
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["LD_LIBRARY_PATH": folder.path, mark: "1"]) { $1 }
    // What was printed so far comes before what the other prints.
    fflush(nil)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError.missing("\(arguments) ended with \(process.terminationStatus)")
    }
  }
}
