import Foundation

/// The largest resident set of a `saldo process` run, in a process of its own, over the events of
/// the pipeline's measure.
enum MemoryBench {
  /// MiB at most.
  ///
  /// - Parameter program: the `saldo` to measure.
  static func run(events: Int, program: URL, keep: Bool) throws -> Double {
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw MemoryBenchError.noProgram(program.path)
    }
    let folder = try TemporaryFolder()
    defer { if keep { Progress.show("kept: \(folder.path)") } else { folder.remove() } }
    let file = folder.path + "/events.ndjson"
    Progress.show("writing \(events) events")
    _ = try ProcessBench.write(events, to: file)
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "process", file, "--data", folder.path + "/data", "--export", folder.path + "/reports",
    ]
    // Its table is not ours.
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    var peak = 0
    while process.isRunning {
      if let now = Memory.peakMiB(of: process.processIdentifier), now > peak {
        peak = now
        Progress.show("\(peak) MiB")
      }
      Thread.sleep(forTimeInterval: 0.5)
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0, peak > 0 else {
      throw MemoryBenchError.failed(process.terminationStatus)
    }
    return Double(peak)
  }
}

enum MemoryBenchError: Error, CustomStringConvertible {
  case noProgram(String)
  case failed(Int32)

  var description: String {
    switch self {
    case .noProgram(let path):
      "\(path) is not there: build it by `swift build -c release --product saldo`"
    case .failed(let status): "saldo process ended with \(status)"
    }
  }
}

/// What a long measure is at, on standard error: the table goes to standard output.
enum Progress {
  static func show(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
