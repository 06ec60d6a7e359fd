import Foundation
import IngestFiles
import Testing

/// Valid inputs, damaged at random: loading ends, with an error or with sound events.
@Suite("Damaged files")
struct FuzzTests {
  static let seeds: [UInt64] = [1, 2, 3, 4]

  @Test("Events", arguments: seeds)
  func events(seed: UInt64) throws {
    let line = #"{"specversion":"1.0","id":"1","data":{"a":["x\"}",{"b":1e3}],"c":"Ñ"}}"#
    let inputs = ["\(line)\n\(line)\r\n\n\(line)", "[\(line),\n\(line) , \(line)]"]
    try fuzz(seed, 400, inputs.map { Array($0.utf8) }, alphabet: "{}[]\",\\\n\r :1\u{FEFF}")
  }

  @Test("partes", arguments: seeds)
  func partes(seed: UInt64) throws {
    let rows = [PartesTests.row, "a,\"b,\"\"c\nd\",,,,,,,,", PartesTests.row, "Ñ,,;\t,,,,,,,"]
    let text = ([PartesTests.header] + rows).joined(separator: "\r\n")
    try fuzz(seed, 400, [Array(text.utf8)], alphabet: "\",;\n\r \\Ñ1")
  }

  @Test("Data Stage: the text of its members", arguments: seeds)
  func dataStage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rows = DataStageSample.table(
      DataStageSample.header554, "1769|4000058|070|8|1|PT|||2024-08-07 12:30:00|")
    let sample = DataStageSample.plain.with("554", rows)
    for number in 0..<250 {
      let members = sample.files.map { file in
        var content = file.text.unicodeScalars.map { UInt8($0.value) }
        damage(&content, with: Array("|\r\n 0129-".utf8), &random)
        return ZipBytes.Member(name: "f_\(file.code).asc", content: content)
      }
      try check(ZipBytes(members: members).bytes, "seed \(seed), case \(number)")
    }
  }

  @Test("Data Stage: the bytes of the ZIP", arguments: seeds)
  func zip(seed: UInt64) throws {
    let plain = DataStageSample.plain
    let contents = plain.files.map { ("f_\($0.code).asc", Array($0.text.utf8)) }
    let inputs = [plain.zip, try ZipBytes.deflated(contents)]
    try fuzz(seed, 500, inputs, alphabet: "PK\u{1}\u{2}\u{3}\u{4}\u{0}\u{8}\u{7F}")
  }

  private func fuzz(
    _ seed: UInt64, _ cases: Int, _ inputs: [[UInt8]], alphabet: String
  ) throws {
    var random = SeededGenerator(seed: seed)
    for number in 0..<cases {
      var bytes = inputs[number % inputs.count]
      damage(&bytes, with: Array(alphabet.utf8), &random)
      try check(bytes, "seed \(seed), case \(number)", disk: number % 8 == 0)
    }
  }

  /// Replaces, inserts, removes, repeats or cuts, a few times.
  private func damage(
    _ bytes: inout [UInt8], with alphabet: [UInt8], _ random: inout SeededGenerator
  ) {
    for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
      let letter = alphabet.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<7, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[at] = letter
      case 2: bytes.insert(letter, at: at)
      case 3: bytes.removeSubrange(at..<end)
      case 4: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 5: bytes.replaceSubrange(at..<end, with: repeatElement(0xFF, count: end - at))
      default: if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeSubrange(at...) }
      }
    }
  }

  /// Whatever the input, an event has no line's end, those that are made here are JSON, the count
  /// is right, and a file read in small pieces gives the same as the bytes at once.
  private func check(_ bytes: [UInt8], _ label: String, disk: Bool = false) throws {
    var limits = FileLimits()
    (limits.maxLine, limits.keptOfTooLong, limits.maxRow) = (150, 40, 90)
    let result = Result { try load(bytes, limits) }
    switch result {
    case .failure(let error):
      #expect(error is InputFileError, "\(label): \(error)")
    case .success(let loaded):
      #expect(loaded.summary.events == loaded.events.count, "\(label)")
      #expect(!loaded.events.contains { $0.utf8.contains(10) || $0.isEmpty }, "\(label)")
      if loaded.summary.format != .events {
        #expect(throws: Never.self, "\(label)") { try loaded.parsed() }
      }
    }
    guard disk else { return }
    limits.chunk = 1 + bytes.count % 37
    let again = Result { try loadFromDisk(bytes, limits) }
    #expect((try? again.get()) == (try? result.get()), "\(label)")
  }
}
