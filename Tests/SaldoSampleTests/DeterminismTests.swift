import Foundation
import SaldoSample
import Testing

@Suite struct DeterminismTests {
  @Test(arguments: [1, 20_260_101] as [UInt64])
  func sameSeedSameStream(seed: UInt64) throws {
    let first = try ReadStream(fullPlan(seed: seed))
    let second = try ReadStream(fullPlan(seed: seed))
    #expect(first.bytes == second.bytes, "seed \(seed)")
    #expect(first.summary == second.summary, "seed \(seed)")
    #expect(try ReadStream(fullPlan(seed: seed + 1)).bytes != first.bytes, "seed \(seed)")
  }

  /// Disposals are drawn only where they are asked for: without them a seed gives the bytes that it
  /// gave before there were any.
  @Test func filesWithoutDisposalsAreAsTheyWere() throws {
    var plan = SamplePlan(seed: 3, plants: 2, parts: 40, days: 60, movementsPerDay: 60)
    (plan.movedPerMille, plan.submanufacturePerMille) = (20, 20)
    try withTemporaryFolder { folder in
      _ = try SampleCompany.write(plan, to: folder) { _ in }
      func hash(_ name: String) -> UInt64 {
        FileManager.default.contents(atPath: folder + "/" + name).map(fnv1a) ?? 0
      }
      #expect(hash("partes.csv") == 17_119_283_200_484_099_417)
      #expect(hash("movimientos.ndjson") == 1_187_967_404_052_616_468)
    }
  }

  private func fnv1a(_ bytes: Foundation.Data) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      var hash: UInt64 = 14_695_981_039_346_656_037
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      return hash
    }
  }

  /// The whole folder, ZIPs included: fixed times, fixed modes, fixed compression.
  @Test func sameSeedSameFiles() throws {
    func contents(_ seed: UInt64) throws -> [String: Foundation.Data] {
      try withTemporaryFolder { folder in
        let summary = try SampleCompany.write(fullPlan(seed: seed), to: folder) { _ in }
        let names = summary.files.map { ($0 as NSString).lastPathComponent }
        let found = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(found) == Set(names), "nothing else stays behind")
        return try names.reduce(into: [:]) { files, name in
          files[name] = try Foundation.Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        }
      }
    }
    let first = try contents(7)
    #expect(
      Set(first.keys) == [
        "catalogo.ndjson", "partes.csv", "movimientos.ndjson", "4815162342_Solicitudes.zip",
        "4815162343_Solicitudes.zip",
      ])
    #expect(try contents(7) == first)
    for (name, bytes) in try contents(8) { #expect(first[name] != bytes, "\(name)") }
  }

  /// Writing to a folder that holds an older company leaves nothing of it in the files.
  @Test func writesOverAnOlderCompany() throws {
    try withTemporaryFolder { folder in
      let plan = SamplePlan(seed: 3, plants: 1, parts: 12, days: 20, movementsPerDay: 20)
      var larger = plan
      larger.days = 60
      _ = try SampleCompany.write(larger, to: folder) { _ in }
      let summary = try SampleCompany.write(plan, to: folder) { _ in }
      let folderFacts = try ReadFolder(folder)
      #expect(folderFacts.partes.count == summary.lines)
      #expect(
        folderFacts.rows("501").count == summary.pedimentos + summary.desistedOrReserved)
    }
  }

  /// However many ZIPs a record is cut into, each is whole and together they are the same.
  @Test func aLongRecordIsCutIntoSeveralZips() throws {
    var plan = fullPlan(seed: 6)
    func partidas(_ plan: SamplePlan) throws -> (zips: Int, keys: [String]) {
      try withTemporaryFolder { folder in
        let summary = try SampleCompany.write(plan, to: folder) { _ in }
        let zips = summary.files.filter { $0.hasSuffix("_Solicitudes.zip") }
        let read = try ReadFolder(folder)
        let totals = read.rows("Resumen").compactMap { Int($0["Total_Fracciones"] ?? "") }
        #expect(totals.count == zips.count)
        #expect(totals.reduce(0, +) == read.rows("551").count)
        return (zips.count, read.rows("551").map(\.partida).sorted())
      }
    }
    let whole = try partidas(plan)
    plan.partidasPerArchive = 150
    let cut = try partidas(plan)
    #expect(whole.zips == 2)
    #expect(cut.zips > 6)
    #expect(cut.keys == whole.keys)
  }
}
