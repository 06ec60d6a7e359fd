import Foundation
import HTTPServer
import Testing

@testable import IngestService

/// Who may send facts, by a token, and which.
@Suite struct ProducerTests {
  private static let token = String(repeating: "t0-._~+/", count: 4)
  private static let other = String(repeating: "u", count: 40)

  private static let file = """
    # Who sends what.
    mes  \(token)   rfc=MNO010101AB1 plants=MTY-1,MTY-2 source=/mes,/wms

    \terp \(other) source=* plants=* rfc=*
    """

  @Test func aFileNamesProducers() throws {
    let entries = try ProducerFile(text: Self.file).entries
    #expect(
      entries.map(\.producer) == [
        Producer(
          name: "mes", companies: .these(["MNO010101AB1"]), plants: .these(["MTY-1", "MTY-2"]),
          sources: .these(["/mes", "/wms"])),
        Producer(name: "erp", companies: .all, plants: .all, sources: .all),
      ])
  }

  @Test(
    arguments: [
      ("", 0, "no producer"), ("# nobody", 0, "no producer"),
      ("mes \(token) rfc=* plants=*", 1, "rfc=... plants=... source=..."),
      ("\nmes short rfc=* plants=* source=*", 2, "32 letters"),
      ("mes \(token)é rfc=* plants=* source=*", 1, "32 letters"),
      ("mes \(token) rfc=* rfc=* source=*", 1, "'rfc'"),
      ("mes \(token) rfc=* plants= source=*", 1, "'plants'"),
      ("mes \(token) rfc=* plant=A source=*", 1, "'plant'"),
      ("a \(token) rfc=* plants=* source=*\nb \(token) rfc=* plants=* source=*", 2, "another"),
      ("a \(token) rfc=* plants=* source=*\na \(other) rfc=* plants=* source=*", 2, "already"),
    ])
  func whatIsWrongWithAFile(_ text: String, _ line: Int, _ what: String) throws {
    let fault = try #require(throws: ProducerFile.Fault.self) { try ProducerFile(text: text) }
    #expect(fault.line == line && fault.what.contains(what), "\(fault)")
    #expect(!fault.description.contains(Self.token))
  }

  @Test func aFileIsNotForEverybodysEyes() throws {
    let path = FileManager.default.temporaryDirectory.path + "/producers-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.file.write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o644)
    #expect(throws: ProducerFile.Fault.self) { try ProducerFile(path: path) }
    chmod(path, 0o640)
    #expect(try ProducerFile(path: path).entries.count == 2)
    #expect(throws: ProducerFile.Fault.self) { try ProducerFile(path: path + "-absent") }
  }

  @Test(
    arguments: [
      (["Bearer \(token)"], "mes"), (["bearer  \(other)"], "erp"), ([], nil),
      (["Basic \(token)"], nil), (["Bearer"], nil), (["Bearer "], nil),
      (["Bearer \(token)x"], nil), (["Bearer \(token.dropLast())X"], nil),
      (["Bearer \(token)", "Bearer \(token)"], nil), (["Bearer \(token), \(other)"], nil),
    ] as [([String], String?)])
  func aRequestIsItsProducers(_ headers: [String], _ name: String?) throws {
    let bearer = Bearer(try ProducerFile(text: Self.file))
    var all = Headers()
    for header in headers { all.append(.authorization, header) }
    let request = try Request(.post, "/v1/events?access_token=\(Self.other)", headers: all)
    guard let name else {
      let error = try #require(throws: HTTPError.self) { try bearer.producer(of: request) }
      #expect(error.status == .unauthorized && error.headers["WWW-Authenticate"] != nil)
      return
    }
    #expect(try bearer.producer(of: request).name == name)
  }

  private static func event(_ type: String, _ data: String, source: String = "/mes") -> String {
    #"{"specversion":"1.0","id":"e-1","source":"\#(source)","type":"\#(type)","#
      + #""time":"2026-03-05T18:00:00Z","data":\#(data)}"#
  }

  private static let mine = "MNO010101AB1"
  private static let theirs = "BRX990101CD2"

  private static func company(_ rfc: String, source: String = "/mes") -> String {
    event(
      "immex.company.v1", #"{"rfc":"\#(rfc)","name":"N","immexProgram":"1"}"#, source: source)
  }

  private static func plant(_ name: String) -> String {
    event(
      "immex.plant.v1", #"{"plant":"\#(name)","rfc":"\#(mine)","name":"N","address":"-"}"#)
  }

  private static func decision(_ sender: String, _ receiver: String) -> String {
    event(
      "immex.transfer.decision.v1",
      #"{"decidedBy":"A","decision":"pair","reason":"r","#
        + #""sender":{"rfc":"\#(sender)","pedimento":"260717694000001"},"#
        + #""receiver":{"rfc":"\#(receiver)","pedimento":"260717694000002"}}"#)
  }

  private static func withdrawal(_ target: String) -> String {
    event("immex.withdrawal.v1", #"{\#(target),"reason":"r"}"#)
  }

  private static func stock(_ plant: String, move: String = "") -> String {
    let kind = move.isEmpty ? "issued" : "moved"
    return event(
      "immex.stock.v1",
      #"{"kind":"\#(kind)","plant":"\#(plant)","part":"P","quantity":"1","uom":6,"#
        + #""document":"D","occurredAt":"2026-03-05T12:00:00Z"\#(move)}"#)
  }

  @Test(
    arguments: [
      (company(mine), nil), (company(mine, source: "/wms"), nil),
      (company(theirs), "data.rfc"), (company(mine, source: "/mes/"), "source"),
      (plant("MTY-1"), nil), (plant("QRO-1"), "data.plant"),
      (stock("MTY-2"), nil), (stock("QRO-1"), "data.plant"),
      (stock("MTY-1", move: #","rfc":"\#(mine)","toPlant":"QRO-1","aviso":"A""#), nil),
      (stock("MTY-1", move: #","rfc":"\#(theirs)","toPlant":"QRO-1","aviso":"A""#), "data.rfc"),
      (decision(mine, theirs), nil), (decision(theirs, mine), nil),
      (decision(theirs, "CCX990101CD2"), "data.sender.rfc"),
      (withdrawal(#""source":"/wms","id":"7""#), nil),
      (withdrawal(#""source":"/erp","id":"7""#), "data.source"),
      (withdrawal(#""pedimento":"260717694000001","line":1,"part":"P""#), "data.pedimento"),
    ] as [(String, String?)])
  func anEventIsItsProducers(_ text: String, _ field: String?) async throws {
    let front = TestFront(bearer: Bearer(try ProducerFile(text: Self.file)))
    let before = Self.company(Self.mine)
    let (status, answer) = try await front.post(
      [Array("\(before)\n\(text)\n\(before)".utf8)],
      headers: [.authorization: "Bearer \(Self.token)"])
    #expect(status == (field == nil ? 202 : 403), "\(answer)")
    #expect(front.log.count == (field == nil ? 3 : 1))
    if let field {
      #expect(answer.contains(#""code":"notPermitted""#) && answer.contains(field), "\(answer)")
      #expect(answer.contains("event 1 ") && !answer.contains(Self.token))
    }
    let anybody = try await front.post([Array(text.utf8)])
    #expect(anybody.status == 401)
    let everything = try await front.post(
      [Array(text.utf8)], headers: [.authorization: "Bearer \(Self.other)"])
    #expect(everything.status == 202)
  }
}
