/// Reads what a server sent without any tolerance, as a client that must not be misled would.
struct AnswerReader {
  /// An answer that was read.
  struct Answer: Equatable, Sendable {
    var status: Int
    /// Name and value as they were sent, without `Date`.
    var headers: [String]
    var body: [UInt8]

    func header(_ name: String) -> String? {
      headers.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
        .map { String($0.dropFirst(name.count + 2)) }
    }
  }

  /// What is wrong with an answer.
  struct Malformed: Error {
    var what: String

    init(_ what: String) { self.what = what }
  }

  private var rest: ArraySlice<UInt8>

  /// All the answers in what was sent on a connection.
  ///
  /// - Parameter methods: of the requests; `GET` from the last on.
  static func all(_ bytes: [UInt8], methods: [String] = []) throws -> [Answer] {
    var reader = AnswerReader(rest: bytes[...])
    var answers: [Answer] = []
    var asked = 0
    while !reader.rest.isEmpty {
      let answer = try reader.next(isHead: asked < methods.count && methods[asked] == "HEAD")
      answers.append(answer)
      if answer.status >= 200 { asked += 1 }
    }
    return answers
  }

  private mutating func next(isHead: Bool) throws -> Answer {
    let words = try line().split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, words[0] == "HTTP/1.1", words[1].utf8.count == 3,
      let status = Int(words[1]), (100...599).contains(status)
    else { throw Malformed("status line \(words)") }
    var headers: [String] = []
    var hasDate = false
    while case let line = try line(), !line.isEmpty {
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")),
        line[..<colon].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
        line[line.utf8.index(after: colon)...].hasPrefix(" ")
      else { throw Malformed("header \(line)") }
      if line.hasPrefix("Date: ") { hasDate = true } else { headers.append(line) }
    }
    guard hasDate || status < 200 else { throw Malformed("no Date") }
    var answer = Answer(status: status, headers: headers, body: [])
    try readBody(&answer, isHead: isHead)
    return answer
  }

  private mutating func readBody(_ answer: inout Answer, isHead: Bool) throws {
    let (length, coding) = (answer.header("Content-Length"), answer.header("Transfer-Encoding"))
    if answer.status < 200 || [204, 304].contains(answer.status) {
      guard length == nil, coding == nil else { throw Malformed("a length where no body is") }
      return
    }
    guard length == nil || coding == nil else { throw Malformed("a length and a coding") }
    if isHead { return }
    if let length {
      guard let count = Int(length), rest.count >= count else {
        throw Malformed("length \(length)")
      }
      answer.body = Array(take(count))
    } else if coding != nil {
      while case let size = Int(try line(), radix: 16) ?? -1, size != 0 {
        guard size > 0, rest.count >= size + 2 else { throw Malformed("a chunk") }
        answer.body += take(size)
        guard try line().isEmpty else { throw Malformed("a chunk's end") }
      }
      guard try line().isEmpty else { throw Malformed("trailers") }
    } else {
      guard answer.header("Connection") == "close" else { throw Malformed("a body without an end") }
      answer.body = Array(take(rest.count))
    }
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private mutating func line() throws -> String {
    guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else {
      throw Malformed("a line does not end in CR LF")
    }
    let line = rest[..<(end - 1)]
    guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw Malformed("a control") }
    rest = rest[(end + 1)...]
    return String(decoding: line, as: UTF8.self)
  }
}
