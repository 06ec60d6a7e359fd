import Foundation
import Testing

/// `saldo transfers` and `/v1/transfers`: what people see and decide of virtual transfers.
@Suite(.timeLimit(.minutes(20))) struct TransfersTests {
  static let sender = "AME010203AB1"
  static let receiver = "BRX990101CD2"

  /// An export and two imports that may each be its other side.
  static let events: Data = {
    var lines = [
      event(
        "part",
        #"{"part":"M","kind":"material","description":"-","tariffItem":"85332101","nico":"00","#
          + #""uom":6,"category":"108-I","conversions":[]}"#)
    ]
    for (rfc, plant) in [(sender, "A"), (receiver, "B")] {
      lines.append(
        event("company", #"{"rfc":"\#(rfc)","name":"Empresa \#(plant)","immexProgram":"1-2006"}"#))
      lines.append(
        event(
          "plant", #"{"plant":"\#(plant)","rfc":"\#(rfc)","name":"\#(plant)","address":"-"}"#))
    }
    for n in 1...3 {
      let (own, other, plant) =
        n == 1 ? (sender, receiver, "A") : (receiver, sender, "B")
      lines.append(
        event(
          "pedimento",
          #"{"pedimento":"\#(number(n))","clave":"V1","rfc":"\#(own)","plant":"\#(plant)","#
            + #""operation":"\#(n == 1 ? "export" : "import")","paidOn":"2026-01-0\#(n)","#
            + #""counterparty":{"rfc":"\#(other)"},"lines":[{"line":1,"part":"M","#
            + #""quantity":"5","uom":6,"tariffItem":"85332101","nico":"00","#
            + #""valueMXN":"10","originCountry":"USA"}]}"#))
    }
    return Data(lines.joined(separator: "\n").utf8)
  }()

  static func number(_ n: Int) -> String { "26071769400000\(n)" }

  private static func event(_ type: String, _ data: String) -> String {
    #"{"specversion":"1.0","id":"\#(UUID().uuidString)","source":"/t","type":"immex.\#(type).v1","#
      + #""time":"2026-01-01T00:00:00Z","data":\#(data)}"#
  }

  @Test func aPersonPairsOnARunningSystemAndTheReportSaysWho() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      try await system.waitUntilReady()
      #expect(
        try await system.post("v1/events", Self.events, "application/x-ndjson").status == 202)
      try await wait(system, for: "proposed")

      let decision = [
        "\(Self.sender)/\(Self.number(1))", "\(Self.receiver)/\(Self.number(3))",
        "--to", system.url, "--by", "Ana Ruiz", "--reason", "Factura 4711",
      ]
      let paired = try await SaldoProgram.run(["transfers", "pair"] + decision, expecting: 0)
      #expect(paired.output.contains("pair is in the books as event "))
      try await wait(system, for: #""pairing":"person""#)
      let one = try await system.request("v1/transfers/\(Self.number(3))", nil)
      #expect(one.0.status == 200 && one.1.contains(#""by":"Ana Ruiz""#))

      let data = ["--data", place.path("data"), "--today", "2026-01-31"]
      let list = try await SaldoProgram.run(["transfers", "list"] + data, expecting: 0)
      #expect(
        list.output.split(separator: "\n").map { $0.split(separator: " ")[1] }
          == ["pareada", "vencida"])
      let some = try await SaldoProgram.run(
        ["transfers", "list", "--state", "pareada"] + data, expecting: 0)
      #expect(some.output.split(separator: "\n").count == 1)
      let shown = try await SaldoProgram.run(
        ["transfers", "show", Self.number(1)] + data, expecting: 0)
      #expect(shown.output.contains("paired by  persona"))
      #expect(shown.output.contains("by Ana Ruiz at "))
      try await SaldoProgram.run(
        ["export", "--data", place.path("data"), "--out", place.path("live")], expecting: 0)
      let report = try String(
        contentsOfFile: place.path("live") + "/transferencias.csv", encoding: .utf8)
      #expect(report.contains(",pareada,no,,persona,2,0,,Ana Ruiz,"))

      try await SaldoProgram.run(["transfers", "unpair"] + decision, expecting: 0)
      try await wait(system, for: #""pairing":"goods""#)
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }

  @Test func whatIsWrongIsSaidAndChangesNothing() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      try await system.waitUntilReady()
      let to = ["--to", system.url, "--by", "Ana", "--reason", "x"]
      let unknown = try await SaldoProgram.run(
        [
          "transfers", "pair", "\(Self.sender)/\(Self.number(1))",
          "\(Self.receiver)/\(Self.number(3))",
        ] + to, expecting: 2)
      #expect(unknown.errors.contains("status 404"))
      #expect(unknown.errors.contains("is no sender's side of any transfer"))
      let malformed = try await SaldoProgram.run(
        ["transfers", "pair", "AME/\(Self.number(1))", "\(Self.receiver)/1"] + to, expecting: 2)
      #expect(malformed.errors.contains("rfc.malformed data.sender.rfc"))
      let usage = try await SaldoProgram.run(
        ["transfers", "pair", Self.number(1), Self.number(2)] + to, expecting: 2)
      #expect(usage.errors.contains("is not of the form RFC/PEDIMENTO"))
      #expect(try await system.get("v1/transfers/none").status == 404)
      #expect(
        try await system.post("v1/transfers/pair", Data("{".utf8), "application/json").status
          == 400)
      let missing = try await SaldoProgram.run(
        ["transfers", "show", "none", "--data", place.path("data")], expecting: 2)
      #expect(missing.errors.contains("no transfer of that id or pedimento"))
      #expect(await system.stop(SIGTERM).code == 0)
      try await SaldoProgram.run(
        ["transfers", "list", "--data", place.path("nothing")], expecting: 2)
    }
  }

  /// Asks until the transfers say something; the suite's limit ends it where they never do.
  private func wait(_ system: RunningSystem, for text: String) async throws {
    while try await !system.request("v1/transfers", nil).1.contains(text) {}
  }
}
