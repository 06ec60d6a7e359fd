import Auditor
import Brokers
import EventLog
import Foundation
import Testing

/// Topics that somebody changes, and what others put into them.
@Suite(.serialized, .timeLimit(.minutes(10))) struct TopicsOnKafkaTests {
  /// What breaks the law stops the start; while services run it shows in ready.
  @Test func whatIsWrongWithATopicIsSaidWithWhatToDo() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster()
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      let running = try await ServiceProcess("transfer", "transfer-1", on: cluster)
      while try await running.get("health/ready").status != 200 { try Task.checkCancellation() }
      try kafka.set(
        ["retention.ms": "604800000", "message.timestamp.type": "CreateTime"],
        of: cluster.name("saldo.inbound"))
      let refused = try await SaldoProgram.run(
        ["discharge", "--data", place.path("discharge-1"), "--port", "0"] + cluster.options,
        expecting: 2)
      for word in [
        "saldo.inbound has retention.ms=604800000", "set it to -1",
        "message.timestamp.type=CreateTime", "set it to LogAppendTime",
      ] { #expect(refused.errors.contains(word), "\(refused.errors)") }
      // It looks once a minute.
      var ready = try await running.get("health/ready")
      while ready.status != 503 { ready = try await running.get("health/ready") }
      #expect(ready.text.contains("set it to LogAppendTime"), "\(ready.text)")
      await running.end()
    }
  }

  /// Somebody deletes the inbound topic and makes it again: what comes then has offsets that were
  /// there before, and is no repetition.
  @Test func whatComesToATopicThatWasMadeAgainIsNew() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let kafka = try KafkaCluster()
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      let lines = try String(contentsOfFile: Scenario.events("everything"), encoding: .utf8)
        .split(separator: "\n")
      for part in 0..<2 {
        let half = lines[lines.count * part / 2..<lines.count * (part + 1) / 2]
        if part == 1 {
          try kafka.remove(cluster.name("saldo.inbound"))
          // A broker may yet have to forget it.
          while try await SaldoProgram.run(
            ["topics", "create", "--partitions", "2"] + cluster.options
          ).code != 0 { try Task.checkCancellation() }
        }
        let file = try place.write(half.joined(separator: "\n") + "\n", to: "\(part).ndjson")
        try await SaldoProgram.run(["load", file] + cluster.options, expecting: 0)
        let processes = try await ServiceProcess.ofEach(on: cluster)
        try await cluster.export(to: "reports-\(part)")
        for process in processes { await process.end() }
      }
      try Scenario.expect("everything", in: place.path("reports-1"), "after a topic was made again")
    }
  }

  /// A record that no stage sent, in a topic that only stages write, is passed over and counted.
  @Test func aForeignRecordStopsNobody() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 2)
      let log = try cluster.log()
      for topic in ["saldo.documents", "saldo.movements", "saldo.ledger", "saldo.records"] {
        var records = PackedRecords()
        records.append(Record(key: [], value: Array("hello".utf8), timestamp: 1))
        records.append(Record(key: [1], value: nil, timestamp: 1))
        try await log.append(
          [OutgoingBatch(target: TopicPartition(topic, 0), records: records)], source: nil)
      }
      await log.close()
      let processes = try await ServiceProcess.ofEach(on: cluster)
      try await SaldoProgram.run(
        ["load", Scenario.events("plain")] + cluster.options, expecting: 0)
      try await cluster.export(to: "reports")
      let books = try #require(processes.first { $0.service == "discharge" })
      try await books.waitFor("saldo_stage_records_foreign_total", "books") { $0 == 2 }
      for process in processes { await process.end() }
      try Scenario.expect("plain", in: place.path("reports"), "with foreign records")
    }
  }

  /// Anybody may send to the inbound topic, whatever the brokers take: JSON would double it, or
  /// make six times as much of it.
  @Test func noInboundRecordIsTooLargeToBeRejected() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 2)
      let log = try cluster.log()
      for byte in [UInt8(ascii: "\""), 1, 255] {
        var records = PackedRecords()
        records.append(
          Record(key: [], value: Array(repeating: byte, count: 10_400_000), timestamp: 1))
        try await log.append(
          [OutgoingBatch(target: TopicPartition("saldo.inbound", 0), records: records)],
          source: nil)
      }
      await log.close()
      let processes = try await ServiceProcess.ofEach(on: cluster)
      try await SaldoProgram.run(
        ["load", Scenario.events("plain")] + cluster.options, expecting: 0)
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      let waiting = try String(
        contentsOfFile: place.path("reports") + "/pendientes.csv", encoding: .utf8)
      // The header, and a row for each.
      #expect(waiting.split(separator: "\n").count == 4, "\(waiting.prefix(2_000))")
    }
  }

  /// A record with a mark, copied into the inbound topic with its headers, is an event like any.
  @Test func anEventWithSomebodysMarkIsNoRepetition() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 1)
      let log = try cluster.log()
      let lines = try String(contentsOfFile: Scenario.events("plain"), encoding: .utf8)
        .split(separator: "\n")
      for (index, line) in lines.reversed().enumerated() {
        var records = PackedRecords()
        // As if a stage had sent them, the newest first.
        records.append(
          Record(key: [], value: Array(line.utf8), timestamp: 1),
          input: Int64(lines.count - index), ordinal: 0)
        try await log.append(
          [OutgoingBatch(target: TopicPartition("saldo.inbound", 0), records: records)],
          source: TopicPartition("saldo.rejected", 0))
      }
      await log.close()
      let processes = try await ServiceProcess.ofEach(on: cluster)
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try Scenario.expect("plain", in: place.path("reports"), "with marks on inbound")
    }
  }
}
