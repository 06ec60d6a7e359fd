import Foundation

/// The same keyed PEPS job in Python, on Quix Streams with exactly-once processing.
enum QuixBench {
  /// Messages a second, as the job itself measures them.
  ///
  /// - Parameter messages: how many to take; the topic must hold more.
  static func run(broker: String, topic: String, messages: Int, folder: String) throws -> Double {
    let root = URL(filePath: FileManager.default.currentDirectoryPath)
    let python = root.appending(path: ".build/quix/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw BenchError.missing("\(python.path): .ci/quix installs it")
    }
    let text = try BenchProcess(
      python,
      [
        root.appending(path: "Tests/SaldoBench/Quix/peps.py").path, "--broker", broker, "--input",
        topic, "--output", "quix.postings", "--messages", "\(messages)", "--state",
        folder + "/quix",
      ]
    ).ended()
    guard let last = text.split(separator: "\n").last, let rate = Double(last) else {
      throw BenchError.missing("the job on Quix Streams said nothing")
    }
    return rate
  }
}
