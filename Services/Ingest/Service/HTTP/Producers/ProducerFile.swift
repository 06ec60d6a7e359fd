import Foundation

/// A file of producers and their tokens: a line for each, blanks between its words.
///
///     mes-monterrey  7Jd...  rfc=MNO010101AB1  plants=MTY-1,MTY-2  source=/mes
///     erp            kQ2...  rfc=*             plants=*            source=*
///
/// A name, a token of 32 letters or more, and what the producer may send; `*` is for all. Empty
/// lines, and those that begin with `#`, say nothing.
public struct ProducerFile: Sendable {
  /// What is wrong with a file, and where. It never names a token.
  public struct Fault: Error, Equatable, CustomStringConvertible {
    /// The line, from 1; 0 for the file.
    public var line: Int
    /// What is wrong.
    public var what: String

    /// Line and fault.
    public var description: String { line == 0 ? what : "line \(line): \(what)" }
  }

  /// The fewest letters of a token: it must not be guessed.
  static let shortestToken = 32

  /// Each producer with its token.
  let entries: [(producer: Producer, token: [UInt8])]

  /// Reads a file, which nobody else may be able to read.
  ///
  /// - Throws: ``Fault``.
  public init(path: String) throws(Fault) {
    var status = stat()
    guard stat(path, &status) == 0, let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { throw Fault(line: 0, what: "cannot be read as UTF-8") }
    guard status.st_mode & 0o007 == 0 else {
      throw Fault(line: 0, what: "can be read by everybody: chmod o= it")
    }
    try self.init(text: text)
  }

  /// Reads a file's text.
  ///
  /// - Throws: ``Fault``.
  public init(text: String) throws(Fault) {
    var entries: [(producer: Producer, token: [UInt8])] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      let entry = try Self.entry(words, line: index + 1)
      guard !entries.contains(where: { $0.producer.name == entry.producer.name }) else {
        throw Fault(line: index + 1, what: "\(entry.producer.name) is there already")
      }
      guard !entries.contains(where: { $0.token == entry.token }) else {
        throw Fault(line: index + 1, what: "the token is another producer's too")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else { throw Fault(line: 0, what: "names no producer") }
    self.entries = entries
  }

  private static func entry(
    _ words: [String], line: Int
  ) throws(Fault) -> (producer: Producer, token: [UInt8]) {
    guard words.count == 5 else {
      throw Fault(
        line: line, what: "is not NAME TOKEN rfc=... plants=... source=..., with * for all")
    }
    let token = Array(words[1].utf8)
    guard token.count >= shortestToken, token.allSatisfy(Bearer.isOfToken) else {
      throw Fault(
        line: line,
        what: "the token must have \(shortestToken) letters or more, of A-Z a-z 0-9 - . _ ~ + / =: "
          + "'openssl rand -base64 33' makes one")
    }
    var names: [String: Producer.Names] = [:]
    for word in words[2...] {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let items = parts.count == 2 ? parts[1].split(separator: ",").map(String.init) : []
      let key = String(parts[0])
      guard ["rfc", "plants", "source"].contains(key), names[key] == nil, !items.isEmpty else {
        throw Fault(line: line, what: "'\(key)' is not one of rfc=, plants=, source=, each once")
      }
      names[key] = items == ["*"] ? .all : .these(Set(items))
    }
    guard let companies = names["rfc"], let plants = names["plants"], let sources = names["source"]
    else { throw Fault(line: line, what: "rfc=, plants= and source= must all be there") }
    return (
      Producer(name: words[0], companies: companies, plants: plants, sources: sources), token
    )
  }
}
