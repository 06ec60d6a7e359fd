import IngestFiles
import Messages

extension FileNote {
  /// Where it stands in the file.
  var place: FilePlace { FilePlace(member: member, line: line) }

  /// The note as an event, which intake rejects: so it is in the log, and where everything is seen
  /// that is not in the books. The same note of the same file is the same event.
  func event(of file: String) -> [UInt8] {
    var data: [UInt8] = []
    data.append(json: #"{"code":"#)
    data.append(jsonString: code.rawValue)
    data.append(json: #","detail":"#)
    data.append(jsonString: detail)
    if !pedimento.isEmpty {
      data.append(json: #","pedimento":"#)
      data.append(jsonString: pedimento)
    }
    data.append(json: "}")
    let words = [file, member, "\(line)", code.rawValue, detail, "\(count)"]
    let hash = Fingerprint.of(words.joined(separator: "\n"))
    var event: [UInt8] = []
    event.append(json: #"{"data":"#)
    event.append(contentsOf: data)
    event.append(json: #","id":"#)
    event.append(jsonString: String(hash, radix: 16))
    event.append(
      json: #","source":"/files","specversion":"1.0","type":"saldo.file.v1"}"#)
    return event
  }
}

extension EventPlace {
  /// A place in a file as people name both.
  init(_ place: FilePlace, of file: String) {
    self.init(
      file: place.member.isEmpty ? file : file + "/" + place.member, line: place.line,
      column: place.column)
  }
}
