import Foundation
import RawHTTP

/// Events of a company that exports one virtual transfer after the other.
enum ManyTransfers {
  /// The events, one to a line: a transfer of one part for each number.
  static func events(_ numbers: Range<Int>) -> String {
    numbers.map { number in
      event(
        "pedimento", id: "p-\(number)",
        #"{"pedimento":"2607177\#(String(10_000_000 + number))","clave":"V1","#
          + #""rfc":"AME010203AB1","plant":"A","operation":"export","paidOn":"2026-01-02","#
          + #""counterparty":{"rfc":"BRX990101CD2"},"lines":[{"line":1,"part":"M","#
          + #""quantity":"5","uom":6,"tariffItem":"85332101","nico":"00","#
          + #""valueMXN":"10","originCountry":"USA"}]}"#)
    }.joined(separator: "\n")
  }

  /// What they refer to.
  static let catalogue = [
    event(
      "part", id: "m",
      #"{"part":"M","kind":"material","description":"-","tariffItem":"85332101","nico":"00","#
        + #""uom":6,"category":"108-I","conversions":[]}"#),
    event(
      "company", id: "c", #"{"rfc":"AME010203AB1","name":"A","immexProgram":"1-2006"}"#),
    event("plant", id: "a", #"{"plant":"A","rfc":"AME010203AB1","name":"A","address":"-"}"#),
  ].joined(separator: "\n")

  private static func event(_ type: String, id: String, _ data: String) -> String {
    #"{"specversion":"1.0","id":"\#(id)","source":"/t","type":"immex.\#(type).v1","#
      + #""time":"2026-01-01T00:00:00Z","data":\#(data)}"#
  }

  /// How many transfers a running system lists.
  static func listed(_ port: Int) throws -> Int {
    let connection = try RawConnection(port: port)
    defer { connection.close() }
    try connection.send(
      "GET /v1/transfers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    return try connection.receiveAll().components(separatedBy: #""pedimento":"2607177"#).count - 1
  }

  /// Waits until a running system lists as many.
  static func wait(for count: Int, _ port: Int) throws {
    while try listed(port) < count {}
  }
}
