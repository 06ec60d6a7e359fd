import Auditor
import EventLogTesting
import Foundation
import Harness
import IngestFiles
import SaldoSample
import Testing

/// Companies that `saldo sample` makes up, with disposals of scrap, held to the auditor.
@Suite struct SampleScrapTests {
  private func plan(seed: UInt64) -> SamplePlan {
    var plan = SamplePlan(seed: seed, plants: 2, parts: 24, days: 150, movementsPerDay: 20)
    (plan.stockPerMille, plan.disposedPerMille) = (100, 250)
    return plan
  }

  private func stream(_ plan: SamplePlan) throws -> (events: [[UInt8]], summary: SampleSummary) {
    var events: [[UInt8]] = []
    let summary = try SampleCompany.events(plan) { events.append(Array($0)) }
    return (events, summary)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func aCompanyThatDisposesOfItsScrapAgrees(seed: UInt64) throws {
    var plan = plan(seed: seed)
    (plan.latePerMille, plan.rectifiedPerMille, plan.movedPerMille) = (150, 60, 100)
    let (events, _) = try stream(plan)
    let books = Auditor.audit(events: events.map { Data($0) })
    #expect(books.unreadable == [])
    #expect(!books.scrap.disposed.isEmpty && !books.scrap.short.isEmpty)
    var random = SeededGenerator(seed: seed)
    for partitions: Int32 in [1, 12] {
      let cluster = try Cluster(partitions: partitions, stages: Cluster.stages(reporting: false))
      try cluster.produce(partitions == 1 ? events : events.shuffled(using: &random))
      try cluster.settle(limit: 200)
      let fold = LedgerFold(cluster.values(of: .ledger))
      #expect(fold.faults == [])
      #expect(fold.saldos == books.report.saldos)
      #expect(fold.faltantes == books.report.faltantes)
      #expect(fold.scrap.owed == books.scrap.owed)
      #expect(fold.scrap.disposed == books.scrap.disposed)
      #expect(fold.scrap.short == books.scrap.short)
    }
  }

  /// Where no rectification takes scrap back later, nothing is asked for that is not there but by
  /// the lines that mean to; and every disposal takes something.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func noMoreIsDisposedOfThanThereIsButOnPurpose(seed: UInt64) throws {
    var plan = plan(seed: seed)
    plan.rectifiedPerMille = 0
    let (events, summary) = try stream(plan)
    let scrap = Auditor.audit(events: events.map { Data($0) }).scrap
    #expect(scrap.short.count == summary.disposalsBeyond)
    let lines = Set(scrap.disposed.map { $0[0..<4].joined(separator: ",") })
    #expect(lines.count == summary.disposals)
    #expect(lines.contains { $0.contains("ACTA-") } && lines.contains { !$0.contains("ACTA-") })
  }

  /// Events on the one hand; Data Stage with DE and DN, partes.csv and events on the other.
  @Test(arguments: [1, 2] as [UInt64])
  func filesAndStreamComeToTheSameReports(seed: UInt64) throws {
    let plan = plan(seed: seed)
    let (events, summary) = try stream(plan)
    #expect(summary.notices > 0 && summary.pedimentosByClave["V9", default: 0] > 0)
    let streamed = try settled(events).lines(on: Self.today)
    let filed = try settled(try files(plan)).lines(on: Self.today)
    for report in [
      "saldos", "descargos", "faltantes", "salidas", "desperdicios", "disposiciones",
      "destrucciones", "conservacion", "pendientes",
    ] {
      #expect(streamed[report]?.isEmpty == (report == "pendientes"), "\(report)")
      #expect(said(streamed[report], report) == said(filed[report], report), "\(report)")
    }
    let destroyed = streamed["destrucciones", default: []]
    #expect(destroyed.contains { $0.contains(",en_plazo") })
    #expect(destroyed.contains { $0.contains(",fuera_de_plazo") })
  }

  /// What both routes say: only customs tells where goods went, and whose invoices there are.
  private func said(_ lines: [String]?, _ report: String) -> [[String]] {
    let rows = CSV.rows((lines ?? []).joined(separator: "\n"))
    return report == "salidas" ? rows.map { Array($0.prefix(13)) } : rows
  }

  /// After all that the sample tells of.
  private static let today = "2024-12-31"

  private func files(_ plan: SamplePlan) throws -> [[UInt8]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let summary = try SampleCompany.write(plan, to: folder.path) { _ in }
    var sink = CollectingSink()
    for path in summary.files { _ = try InputFile.load(path: path, into: &sink) { _ in } }
    return sink.events.map { [UInt8]($0) }
  }

  private func settled(_ events: [[UInt8]]) throws -> Cluster {
    let cluster = try Cluster(partitions: 2)
    try cluster.produce(events)
    try cluster.settle(limit: 500)
    return cluster
  }
}
