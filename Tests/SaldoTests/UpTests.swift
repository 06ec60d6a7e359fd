import Auditor
import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(20))) struct UpTests {
  @Test func takesEventsAndFilesUntilItIsStopped() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "2"])
      #expect(try await system.get("health/live").status == 200)
      try await system.waitUntilReady()

      // The scenario in three posts: one event over several lines, an array, and the rest by lines.
      let events = try Scenario(named: "everything").events
      let first = try JSONSerialization.data(
        withJSONObject: JSONSerialization.jsonObject(with: events[0]), options: .prettyPrinted)
      let array =
        Data("[".utf8) + Data(events[1..<40].joined(separator: Data(", ".utf8)))
        + Data("]".utf8)
      let lines = Data(events[40...].joined(separator: Data("\n".utf8)))
      for (body, type, count) in [
        (first, "application/cloudevents+json", 1),
        (array, "application/cloudevents-batch+json", 39),
        (lines, "application/x-ndjson", events.count - 40),
      ] {
        let answer = try await system.post("v1/events", body, type)
        #expect(answer == .init(status: 202, accepted: count, rejected: 0), "\(type)")
      }
      try await system.waitForReports(of: "everything")
      let (metrics, page) = try await system.request("metrics", nil)
      #expect(metrics.status == 200 && page.contains("\nsaldo_ready 1\n"))
      let taken = "saldo_stage_position{service=\"ingest\",stage=\"intake\",partition=\"0\"} "
      #expect(page.contains("\n" + taken))
      let ended = await system.stop(SIGTERM)
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")

      // What was taken is there for whoever comes next.
      try await place.process([Scenario.events("everything")])
      try Scenario.expect("everything", in: place.path("reports"), "after up")
    }
  }

  @Test func takesFilesFromLoad() async throws {
    try await Workplace.with { place in
      // What a process that was killed in the middle of an upload leaves behind.
      let uploads = place.folder.appending(path: "data/ingest/uploads")
      try FileManager.default.createDirectory(at: uploads, withIntermediateDirectories: true)
      try Data("PK".utf8).write(to: uploads.appending(path: "left"))
      let system = try await RunningSystem(place, ["--partitions", "2"])
      let files = try Scenario.customsFiles("units-and-boms")
      let load = try await SaldoProgram.run(["load"] + files + ["--to", system.url], expecting: 0)
      for file in files { #expect(load.output.contains("\(file): ")) }
      try await system.waitForReports(of: "units-and-boms")

      let bad = try place.write("{\"id\":\"b-1\"}\n", to: "bad.ndjson")
      let rejected = try await SaldoProgram.run(["load", bad, "--to", system.url], expecting: 1)
      #expect(rejected.output.contains("0 accepted, 1 rejected"))
      #expect(rejected.output.contains("  line 1: field.missing specversion"))
      #expect(rejected.output.contains("(id b-1)"))
      let letter = try place.write("A letter, and no table.\n", to: "letter.txt")
      let refused = try await SaldoProgram.run(["load", letter, "--to", system.url], expecting: 2)
      #expect(refused.errors.contains("letter.txt") && refused.errors.contains("400"))

      // One process at a time works on a folder.
      for arguments in [
        ["up", "--data", place.path("data"), "--port", "0"],
        Workplace.arguments(files, place.path("data"), place.path("r")),
      ] {
        let second = try await SaldoProgram.run(arguments, expecting: 2)
        #expect(second.errors.contains("\(place.path("data")) is in use by another process"))
      }
      let ended = await system.stop(SIGINT)
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")
      let left = try FileManager.default.contentsOfDirectory(atPath: uploads.path)
      #expect(left.isEmpty)
    }
  }

  @Test func saysWhatItDoesNotTake() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      struct Case {
        var path = "v1/events"
        var body: String
        var answer: RunningSystem.Answer
        var text: String
      }
      let unknown = #"{"specversion":"1.0","id":"u","source":"s","type":"no"}"#
      for item in [
        Case(body: "", answer: .init(status: 400), text: "empty"),
        Case(body: " \n \n", answer: .init(status: 400), text: "empty"),
        Case(body: "a,b\n1,2\n", answer: .init(status: 400), text: "notEvents"),
        Case(
          body: "{\"id\":", answer: .init(status: 400, accepted: 0, rejected: 1),
          text: "json.malformed"),
        Case(
          body: unknown, answer: .init(status: 202, accepted: 0, rejected: 1),
          text:
            #""code":"type.unknown","expected":"a type of schemas/","field":"type","#
            + #""id":"u","index":0,"value":"no""#),
        Case(
          path: "v1/files/e.json", body: "[\n" + unknown + ",",
          answer: .init(status: 202, accepted: 0, rejected: 2),
          text: #""code":"file.cut","field":"","file":"e.json","#),
        Case(
          path: "v1/files/p.csv", body: "pedimento,secuencia,numero_parte,notas\r1,2,P,x\r",
          answer: .init(status: 202, accepted: 0, rejected: 1),
          text: #""notes":[{"code":"file.columnUnknown","count":1,"#),
        Case(
          path: "v1/files/p.csv", body: "pedimento,secuencia,numero_parte,Pedimento\n",
          answer: .init(status: 400), text: "p.csv: columns: line 1: the column pedimento"),
        Case(
          path: "v1/files/a%20letter", body: "Dear all,\n", answer: .init(status: 400),
          text: "a letter: unknownFormat"),
        Case(
          path: "v1/files/x.zip", body: "PK\u{3}\u{4}xx", answer: .init(status: 400),
          text: "x.zip"),
        Case(path: "v1/nothing", body: unknown, answer: .init(status: 404), text: ""),
      ] {
        let (answer, text) = try await system.request(item.path, Data(item.body.utf8))
        #expect(answer == item.answer, "\(item.body)")
        #expect(item.text.isEmpty || text.contains(item.text), "\(item.body): \(text)")
      }
      let many = Array(repeating: unknown, count: 30).joined(separator: "\n")
      let (answer, text) = try await system.request("v1/events", Data(many.utf8))
      #expect(answer == .init(status: 202, accepted: 0, rejected: 30))
      #expect(text.split(separator: "type.unknown").count == 21, "the first twenty are told")
      _ = await system.stop(SIGTERM)
    }
  }

  /// CloudEvents' HTTP binding: attributes as headers, batches, data in Base64.
  @Test func takesCloudEventsInEveryMode() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      let data = #"{"rfc":"MNO010101AB1","name":"Maquilas","immexProgram":"1-2006"}"#
      let attributes = [
        "ce-specversion": "1.0", "ce-id": "a%20%C3%B1", "CE-Source": "\"/erp\"",
        "ce-type": "immex.company.v1", "ce-time": "2026-01-02T09:00:00Z",
      ]
      let binary = try await system.post("v1/events", data, "application/json", attributes)
      #expect(binary.0 == .init(status: 202, accepted: 1, rejected: 0), "\(binary.1)")
      let xml = try await system.post("v1/events", "<a/>", "application/xml", attributes)
      #expect(xml.0 == .init(status: 202, accepted: 0, rejected: 1), "\(xml.1)")
      #expect(xml.1.contains("contentType.unsupported"))
      // The same event: structured, with its data in Base64, in a batch.
      let encoded = Data(data.utf8).base64EncodedString()
      let event =
        #"{"specversion":"1.0","id":"a ñ","source":"/erp","type":"immex.company.v1","#
        + #""time":"2026-01-02T09:00:00Z","data_base64":"\#(encoded)"}"#
      for (body, type, count) in [
        (event, "application/cloudevents+json; charset=utf-8", 1),
        ("[\(event),\(event)]", "application/cloudevents-batch+json", 2),
      ] {
        let answer = try await system.post("v1/events", body, type, [:])
        #expect(answer.0 == .init(status: 202, accepted: count, rejected: 0), "\(answer.1)")
      }
      let avro = try await system.post("v1/events", event, "application/cloudevents+avro", [:])
      #expect(avro.0.status == 415 && avro.1.contains("unsupportedFormat"))
      _ = await system.stop(SIGTERM)
      let ended = try await place.process(
        [try place.write("[]", to: "none.json")], expecting: 1, ["--partitions", "1"])
      #expect(ended.figure("rejected") == 1, "none of the repetitions is a conflict")
    }
  }

  @Test func thePortIsTaken() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      let port = try #require(system.url.split(separator: ":").last)
      let second = try await SaldoProgram.run(
        ["up", "--data", place.path("other"), "--port", String(port)], expecting: 2)
      #expect(second.errors.contains("saldo: 127.0.0.1:\(port): "))
      _ = await system.stop(SIGTERM)
    }
  }
}
