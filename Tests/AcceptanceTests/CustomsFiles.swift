import Auditor
import Foundation
import IngestFiles

/// A scenario's facts as customs and the company have them: Data Stage, partes.csv and the rest.
enum CustomsFiles {
  /// The events that they become, in the files' order.
  static func events(of name: String) throws -> [Data] {
    let folder = Scenario.folders.appending(path: name).appending(path: "sat")
    var sink = CollectingSink()
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let path = folder.appending(path: file).path
      _ = try InputFile.load(path: path, into: &sink) { _ in }
    }
    return sink.events
  }
}

/// Keeps the events of a file.
struct CollectingSink: InboundSink {
  var events: [Data] = []

  mutating func take(event: UnsafeRawBufferPointer, at place: FilePlace) {
    events.append(Data(event))
  }

  mutating func take(note: FileNote) {}
}
