import EventLog
import EventLogTesting
import Foundation
import Logging
import Testing

@testable import ServiceRuntime

/// What operators see of a stage that runs on the testing log.
@Suite(.timeLimit(.minutes(20))) struct MetricsTests {
  private struct Waiting: FigureSource {
    func figures() async throws -> [Metric: Int64] { [.waiting: 3, .rejected: 4] }
  }

  private struct Failing: FigureSource {
    func figures() async throws -> [Metric: Int64] { throw CancellationError() }
  }

  private let labels = ["service": "test", "stage": "sums"]

  private func with(_ partition: Int, _ more: [String: String] = [:]) -> [String: String] {
    labels.merging(["partition": "\(partition)"]) { $1 }.merging(more) { $1 }
  }

  @Test func aPageBeforeAnythingRunsIsWholeAndNotReady() async throws {
    let operations = Operations(
      stages: [SummingStage.stage], status: StageStatus(), log: TestingLog(),
      logger: Logger(label: "test"))
    let page = try Exposition(operations.metrics)
    #expect(Set(page.families.keys) == Set(Metric.allCases.map(\.rawValue)))
    #expect(page.value("saldo_ready") == "0")
    #expect(page.value("saldo_stage_partitions", labels) == "0")
    #expect(page.value("saldo_facts_waiting") == nil)
    #expect(!operations.isReady)
  }

  /// The page for operators says of every metric what it means, and of no other.
  @Test func thePageForOperatorsHasEachMetric() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "Documentation/Operating.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.contains("_") }
    let named = rows.flatMap { row in
      row.split(separator: "|")[0].matches(of: /`([a-z_]+)`/).map { String($0.1) }
    }
    #expect(named.sorted() == Metric.allCases.map(\.rawValue).sorted())
  }

  @Test func aRunningStageTellsWhatItDidAndHowFarItIs() async throws {
    let folder = try TemporaryFolder()
    let log = TestingLog()
    try await log.create(
      SummingStage.counts.sorted { $0.key < $1.key }.map {
        TopicSpecification(name: $0.key, partitions: $0.value)
      })
    var records = PackedRecords()
    let received = WallClock.milliseconds - 90_000
    for number in 1...5 {
      records.append(Record(key: [], value: Array("\(number)".utf8), timestamp: received))
    }
    try await log.append(
      [OutgoingBatch(target: SummingStage.source, records: records)], source: nil)
    let status = StageStatus()
    let operations = Operations(
      stages: [SummingStage.stage], status: status, log: log, sources: [Failing(), Waiting()],
      logger: Logger(label: "test"))
    let runner = StageRunner(
      SummingStage.stage, log: log, directory: folder.path, member: "one", status: status,
      limit: ReadLimit(records: 2, bytes: 1 << 20), logger: Logger(label: "test"))
    let running = Task { try await runner.run() }
    let key = StageStatus.Key(stage: "test/sums", source: SummingStage.source)
    while status.all[key]?.position != 5 || !operations.isReady { await Task.yield() }
    await operations.refresh()

    let page = try Exposition(operations.metrics)
    #expect(page.value("saldo_ready") == "1")
    #expect(page.value("saldo_stage_partitions", labels) == "2")
    #expect(page.value("saldo_stage_rebalances_total", labels) == "1")
    #expect(page.value("saldo_stage_records_applied_total", with(0)) == "5")
    #expect(page.value("saldo_stage_records_repeated_total", with(0)) == "0")
    #expect(page.value("saldo_stage_records_published_total", with(0)) == "8")
    #expect(page.value("saldo_stage_position", with(0)) == "5")
    #expect(page.value("saldo_stage_lag_records", with(0)) == "0")
    #expect(page.value("saldo_stage_lag_records", with(1)) == "0")
    #expect(page.value("saldo_facts_waiting") == "3")
    #expect(page.value("saldo_facts_rejected") == "4")
    let size = try #require(page.value("saldo_store_size_bytes", with(0)).flatMap { Int($0) })
    #expect(size > 16_384)
    for phase in ["take", "apply", "commit", "publish"] {
      let name = "saldo_stage_step_seconds_count"
      let count = page.value(name, labels.merging(["phase": phase]) { $1 }).flatMap { Int($0) }
      #expect(count ?? 0 >= 1, "\(phase)")
    }
    let fresh = labels.merging(["span": "received_to_applied"]) { $1 }
    let name = "saldo_stage_freshness_seconds_bucket"
    #expect(page.value(name, fresh.merging(["le": "60"]) { $1 }) == "0")
    let old = try #require(page.value(name, fresh.merging(["le": "86400"]) { $1 }))
    #expect(Int(old) ?? 0 >= 1)
    let memory = try #require(page.value("process_resident_memory_bytes").flatMap { Int($0) })
    #expect(memory > 1 << 20)

    // What nobody has applied is the lag: the stage is stopped before it comes.
    running.cancel()
    _ = await running.result
    #expect(!operations.isReady)
    let after = try Exposition(operations.metrics)
    #expect(after.value("saldo_ready") == "0")
    #expect(after.value("saldo_stage_lag_records", with(0)) == nil)
    #expect(after.value("saldo_stage_records_applied_total", with(0)) == "5")
  }

  @Test func lagIsWhatTheLogHasBeyondThePosition() async throws {
    let log = TestingLog()
    try await log.create([TopicSpecification(name: "numbers", partitions: 1)])
    try await log.append(
      [OutgoingBatch(target: SummingStage.source, records: SummingStage.records([1, 2, 3]))],
      source: nil)
    let status = StageStatus()
    status.assigned("test/sums", [0])
    let operations = Operations(
      stages: [SummingStage.stage], status: status, log: log, logger: Logger(label: "test"))
    #expect(!operations.isReady)
    status.report(
      "test/sums", SummingStage.source,
      .init(position: 1, applied: 1, repeated: 0, store: "nowhere"), nil)
    #expect(operations.isReady)
    // Nobody has asked the log yet.
    #expect(try Exposition(operations.metrics).value("saldo_stage_lag_records", with(0)) == nil)
    await operations.refresh()
    #expect(try Exposition(operations.metrics).value("saldo_stage_lag_records", with(0)) == "2")
    log.fail(call: 1, forGood: true)
    await operations.refresh()
    #expect(try Exposition(operations.metrics).value("saldo_stage_lag_records", with(0)) == nil)
  }

  @Test func anInstanceWithoutPartitionsIsReadyOnceItHasJoined() {
    let status = StageStatus()
    #expect(!status.isReady([SummingStage.stage]))
    status.assigned("test/sums", [])
    #expect(status.isReady([SummingStage.stage]))
    status.assigned("test/sums", nil)
    #expect(!status.isReady([SummingStage.stage]))
  }

  @Test func durationsFallIntoTheBucketsThatTheyBelongTo() {
    var histogram = DurationHistogram(bounds: [.milliseconds(1), .seconds(1)])
    for duration: Duration in [
      .zero, .milliseconds(1), .microseconds(1_001), .seconds(1), .seconds(2), .seconds(-5),
    ] { histogram.observe(duration) }
    #expect(histogram.counts == [3, 2, 1])
    #expect(histogram.sum == 3_002_001 && histogram.count == 6)
    histogram.observe(.seconds(Int64.max))
    histogram.observe(.seconds(Int64.max))
    #expect(histogram.sum == .max && histogram.count == 8)
  }

  @Test(
    arguments: [
      (0, "0"), (1, "0.000001"), (1_000_000, "1"), (2_500_000, "2.5"), (12_000_340, "12.00034"),
      (-1_500_000, "-1.5"), (-500_000, "-0.5"),
    ] as [(Int64, String)])
  func secondsAreExact(_ microseconds: Int64, _ text: String) {
    #expect(MetricsText.seconds(microseconds) == text)
  }

  @Test func labelsAreEscaped() throws {
    var text = MetricsText()
    text.begin(.position)
    text.sample(.position, [("stage", "a\"b\\c\nd")], 7)
    let page = try Exposition(text.text)
    #expect(page.value("saldo_stage_position", ["stage": "a\\\"b\\\\c\\nd"]) == "7")
  }
}
