import Ledger
import SaldoSample
import Testing

@Suite struct ContentTests {
  let seed: UInt64 = 9
  let stream: ReadStream

  init() throws { stream = try ReadStream(fullPlan(seed: seed)) }

  @Test func shapesHold() throws {
    var numbers: Set<String> = []
    for event in stream.unique {
      #expect(event.specversion == "1.0")
      _ = try Instant(event.time)
      if let rfc = event.data.rfc { #expect(Shapes.isRFC(rfc), "\(rfc)") }
      guard let pedimento = event.data.pedimento else { continue }
      #expect(Shapes.isPedimento(pedimento))
      #expect(numbers.insert(pedimento).inserted, "\(pedimento) twice")
      let paid = try #require(event.data.paidOn)
      #expect(pedimento.prefix(2) == paid.dropFirst(2).prefix(2))
      let lines = try #require(event.data.lines)
      #expect(!lines.isEmpty)
      var lots: Set<String> = []
      for line in lines {
        #expect(line.line >= 1)
        #expect(lots.insert("\(line.line) \(line.part)").inserted, "\(pedimento) \(line.line)")
        #expect(Shapes.isTariffItem(line.tariffItem ?? "") && Shapes.isNICO(line.nico ?? ""))
        #expect(try millionths(line.quantity) > 0)
        #expect(try #require(Int(line.valueMXN ?? "")) > 0)
      }
    }
  }

  @Test func everyCaseOfTheFieldIsThere() throws {
    let pedimentos = stream.unique("pedimento").map(\.data)
    let claves = Set(pedimentos.compactMap(\.clave))
    #expect(claves.isSuperset(of: ["IN", "AF", "RT", "F4", "A3", "V1", "R1"]))
    #expect(!claves.isDisjoint(with: ["CT", "GC", "A1", "C1"]))
    #expect(pedimentos.contains { ($0.lines?.count ?? 0) > 10 })
    #expect(
      pedimentos.contains { Set(($0.lines ?? []).map(\.line)).count < ($0.lines ?? []).count })
    let byNumber = Dictionary(uniqueKeysWithValues: pedimentos.map { ($0.pedimento ?? "", $0) })
    let chains = pedimentos.compactMap(\.rectifies).map { byNumber[$0]?.clave }
    #expect(chains.contains("R1") && chains.contains("IN") && chains.contains("RT"))
    #expect(!chains.contains(nil), "nothing rectifies what is not there")
    let kinds = Set(stream.unique("stock").compactMap(\.data.kind))
    #expect(
      kinds == ["received", "issued", "completed", "scrapped", "shipped", "counted", "moved"])
    #expect(
      Set(stream.unique("part").compactMap(\.data.category)) == ["108-I", "108-II", "108-III"])
    #expect(stream.unique("bom").contains { $0.data.version == "C" })
    #expect(stream.unique("destruction").contains { ($0.data.lines ?? []).count > 1 })
  }

  @Test func directedDischargesNameAnEntryOfThePart() throws {
    let pedimentos = stream.unique("pedimento").map(\.data)
    let byNumber = Dictionary(uniqueKeysWithValues: pedimentos.map { ($0.pedimento ?? "", $0) })
    var found = 0
    for line in pedimentos.flatMap({ $0.lines ?? [] }) {
      for entry in line.discharges ?? [] {
        found += 1
        let named = try #require(byNumber[entry.pedimento]?.lines)
        #expect(named.contains { $0.line == entry.line && $0.part == line.part })
      }
    }
    #expect(found > 0)
    for data in pedimentos where data.clave == "A3" {
      #expect((data.lines ?? []).allSatisfy { $0.discharges != nil })
    }
  }

  @Test func transfersComeInPairsAndMovesStayInTheCompany() throws {
    let owners = Dictionary(
      stream.unique("plant").map { ($0.data.plant ?? "", $0.data.rfc ?? "") },
      uniquingKeysWith: { $1 })
    let virtual = stream.unique("pedimento").map(\.data).filter { $0.clave == "V1" }
    let byNumber = Dictionary(uniqueKeysWithValues: virtual.map { ($0.pedimento ?? "", $0) })
    #expect(!virtual.isEmpty)
    for data in virtual {
      let party = try #require(data.counterparty)
      let other = try #require(byNumber[party.pedimento])
      #expect(other.counterparty?.pedimento == data.pedimento)
      #expect(other.rfc == party.rfc && other.plant == party.plant && other.rfc != data.rfc)
      #expect(other.operation != data.operation)
      #expect(other.lines?.map(\.quantity) == data.lines?.map(\.quantity))
    }
    for move in stream.unique("stock").map(\.data) where move.kind == "moved" {
      #expect(owners[move.plant ?? ""] == owners[move.toPlant ?? "-"])
      #expect(move.plant != move.toPlant)
    }
  }

  @Test func movesGoOnTheSameDayAndGoodsComeBackFromElsewhere() throws {
    let moves = stream.unique("stock").map(\.data).filter { $0.kind == "moved" }
    let there = Set(moves.map { "\($0.part ?? "") \($0.occurredAt ?? "") \($0.toPlant ?? "")" })
    #expect(
      moves.contains { there.contains("\($0.part ?? "") \($0.occurredAt ?? "") \($0.plant ?? "")") }
    )
    let sentTo = Dictionary(
      moves.map { ($0.document ?? "", $0.toPlant) }, uniquingKeysWith: { first, _ in first })
    let receipts = stream.unique("stock").map(\.data).filter {
      $0.kind == "received" && $0.document?.hasPrefix("MV-") == true
    }
    #expect(!receipts.isEmpty && receipts.count < moves.count)
    #expect(receipts.allSatisfy { sentTo[$0.document ?? ""] == $0.plant })
    let goods = stream.unique("submanufacture").map(\.data)
    let sent = Set(goods.filter { $0.kind == "sent" }.compactMap(\.document))
    let back = goods.filter { $0.kind == "returned" }
    #expect(!sent.isEmpty && back.contains { $0.of != nil } && back.contains { $0.of == nil })
    #expect(back.compactMap(\.of?.document).allSatisfy(sent.contains))
    #expect(stream.unique("submanufacturer").count == 2)
  }

  @Test func scrapGoesAfterItsNoticeAndByTheClavesForIt() throws {
    let notices = Dictionary(
      uniqueKeysWithValues: stream.unique("destructionNotice").map {
        ($0.data.folio ?? "", $0.data)
      })
    let acts = stream.unique("destruction").map(\.data)
    func isScrap(_ data: Event.Data) -> Bool { (data.lines ?? []).contains { $0.scrap == true } }
    let scrap = acts.filter(isScrap)
    #expect(!scrap.isEmpty && scrap.count < acts.count && scrap.count <= notices.count)
    for act in acts {
      let notice = notices[act.noticeFolio ?? ""]
      #expect((notice != nil) == isScrap(act), "\(act.acta ?? "")")
      guard let notice else { continue }
      #expect(notice.plant == act.plant && notice.rfc == act.rfc)
      #expect((notice.noticedOn ?? "") < (act.destroyedOn ?? ""))
      let named = Set((notice.lines ?? []).map(\.part))
      #expect((act.lines ?? []).allSatisfy { $0.scrap == true && named.contains($0.part) })
    }
    let pedimentos = stream.unique("pedimento").map(\.data)
    #expect(Set(pedimentos.filter(isScrap).compactMap(\.clave)) == ["F4", "V9", "R1"])
    #expect(pedimentos.filter { $0.clave == "V9" }.allSatisfy(isScrap))
  }

  @Test func someEventsAreLateAndNoneWhenSwitchedOff() throws {
    func isLate(_ event: Event) -> Bool {
      guard let happened = event.data.paidOn ?? event.data.occurredAt else { return false }
      return event.time.prefix(10) > happened.prefix(10)
    }
    #expect(stream.events.contains { $0.type == "immex.pedimento.v1" && isLate($0) })
    #expect(stream.events.contains { $0.type == "immex.stock.v1" && isLate($0) })
    #expect(stream.summary.repeated > 0)

    var punctual = fullPlan(seed: seed)
    (punctual.latePerMille, punctual.repeatedPerMille) = (0, 0)
    let clean = try ReadStream(punctual)
    #expect(!clean.events.contains(where: isLate))
    #expect(clean.summary.repeated == 0 && clean.events.count == clean.unique.count)
  }

  /// Nothing leaves a shelf that was not on it. (One company and no moves: those change shelves
  /// without an event of their own here.)
  @Test(arguments: [21, 22] as [UInt64])
  func stockNeverGoesBelowZero(seed: UInt64) throws {
    let plan = SamplePlan(seed: seed, plants: 2, parts: 50, days: 120, movementsPerDay: 80)
    let stream = try ReadStream(plan)
    var factors: [String: Int] = [:]
    for part in stream.unique("part").map(\.data) {
      for conversion in part.conversions ?? [] {
        factors["\(part.part ?? "") \(conversion.uom)"] = try millionths(conversion.factor)
      }
    }
    var shelf: [String: Int] = [:]
    for event in stream.unique("stock").sorted(by: { $0.id < $1.id }) {
      let data = event.data
      let factor = factors["\(data.part ?? "") \(data.uom ?? 0)"] ?? 1_000_000
      let quantity = try millionths(data.quantity ?? "") / 1000 * (factor / 1000)
      let place = "\(data.plant ?? "") \(data.part ?? "")"
      switch data.kind {
      case "received": shelf[place, default: 0] += quantity
      case "completed": shelf[place, default: 0] += try millionths(data.quantity ?? "")
      case "issued", "scrapped", "shipped":
        shelf[place, default: 0] -= try millionths(data.quantity ?? "")
        #expect(shelf[place, default: 0] >= 0, "seed \(seed) \(event.id) \(place)")
      default: break
      }
    }
    #expect(!shelf.isEmpty)
  }
}
