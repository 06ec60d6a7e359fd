import Messages
import Testing
import TransferRules

/// Which documents are the two sides of one transfer, case by case.
@Suite struct PairingTests {
  private func check(
    _ messages: [SideMessage], _ expected: [String], days: Int32 = 10,
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    var desk = PairsDesk(days: days)
    try desk.take(messages)
    #expect(desk.described == expected, sourceLocation: place)
    var backwards = PairsDesk(days: days)
    try backwards.take(messages.reversed() + messages)
    #expect(backwards.described == expected, "backwards, and again", sourceLocation: place)
  }

  @Test func aSideAloneWaits() throws {
    try check([try export(1, [try goods("A", "5")])], ["1-? senderOnly"])
    try check([try entry(2, [try goods("A", "5")])], ["?-2 receiverOnly"])
    try check([try export(1, [try goods("A", "5")], names: 2)], ["1-? senderOnly"])
  }

  @Test func aReferenceOfEitherSidePairs() throws {
    let far = "2026-09-30"
    let lines = [try goods("A", "5")]
    try check(
      [try export(1, lines, names: 2), try entry(2, lines, on: far)], ["1-2 paired reference"])
    try check(
      [try export(1, lines), try entry(2, lines, on: far, names: 1)], ["1-2 paired reference"])
    try check(
      [try export(1, lines, names: 2), try entry(2, lines, names: 1)], ["1-2 paired reference"])
  }

  @Test func aSideThatNamesAnotherDocumentIsNotPairedByItsGoods() throws {
    let lines = [try goods("A", "5")]
    try check(
      [try export(1, lines, names: 9), try entry(2, lines)],
      ["1-? senderOnly", "?-2 receiverOnly"])
  }

  @Test func namingEachOtherOutweighsBeingNamed() throws {
    let lines = [try goods("A", "5")]
    try check(
      [
        try export(1, lines, names: 3), try entry(3, lines, names: 1),
        try export(2, lines, names: 3),
      ], ["1-3 paired reference", "2-? senderOnly"])
  }

  @Test func twoThatNameTheSameAreProposed() throws {
    let lines = [try goods("A", "5")]
    try check(
      [try export(1, lines, names: 3), try export(2, lines, names: 3), try entry(3, lines)],
      ["1-? proposed <3>", "2-? proposed <3>", "?-3 proposed <1 2>"])
  }

  @Test func likeGoodsWithinTheDaysPair() throws {
    let lines = [try goods("A", "2"), try goods("A", "3"), try goods("B", "1")]
    let same = [try goods("B", "1"), try goods("A", "5", value: "200")]
    try check(
      [try export(1, lines), try entry(2, same, on: "2026-03-11")], ["1-2 paired goods"])
    try check(
      [try export(1, lines), try entry(2, same, on: "2026-03-12")],
      ["1-? senderOnly", "?-2 receiverOnly"])
    try check(
      [try export(1, lines), try entry(2, same, on: "2026-03-12")], ["1-2 paired goods"], days: 11)
  }

  @Test func likeTariffItemsPairWherePartNumbersAreTheCompaniesOwn() throws {
    try check(
      [try export(1, [try goods("A", "5")]), try entry(2, [try goods("X-A", "5")])],
      ["1-2 paired goods"])
    try check(
      [
        try export(1, [try goods("A", "5")]),
        try entry(2, [try goods("X-A", "5", tariff: "39269099")]),
      ], ["1-? senderOnly", "?-2 receiverOnly"])
  }

  @Test func anotherQuantityOrUnitIsNoLikeness() throws {
    let one = [try export(1, [try goods("A", "5")])]
    try check(
      one + [try entry(2, [try goods("A", "5.000001")])],
      ["1-? senderOnly", "?-2 receiverOnly"])
    try check(
      one + [try entry(2, [try goods("A", "5", uom: 1)])],
      ["1-? senderOnly", "?-2 receiverOnly"])
    try check([try export(1, []), try entry(2, [])], ["1-? senderOnly", "?-2 receiverOnly"])
  }

  @Test func whatIsAmbiguousIsProposedAndNotChosen() throws {
    let lines = [try goods("A", "5")]
    try check(
      [try export(1, lines), try entry(2, lines), try entry(3, lines, on: "2026-03-04")],
      ["1-? proposed <2 3>", "?-2 proposed <1>", "?-3 proposed <1>"])
  }

  @Test func pairsThatDifferSayInWhat() throws {
    let base = try export(1, [try goods("A", "5", value: "100")], names: 2)
    try check(
      [base, try entry(2, [try goods("A", "4", value: "100")])],
      ["1-2 differing reference quantity"])
    try check(
      [base, try entry(2, [try goods("A", "5", value: "100", uom: 1)])],
      ["1-2 differing reference quantity"])
    try check(
      [base, try entry(2, [try goods("A", "5", value: "100.01")])],
      ["1-2 differing reference value"])
    try check(
      [base, try entry(2, [try goods("X", "4", value: "1")])],
      ["1-2 differing reference quantity value"])
    try check(
      [base, try entry(2, [try goods("X", "5", value: "100", tariff: "39269099")])],
      ["1-2 differing reference goods"])
  }

  @Test func aPersonChoosesAmongCandidatesAndTheRestFollows() throws {
    let lines = [try goods("A", "5")]
    let facts = [
      try export(1, lines), try export(2, lines), try entry(3, lines), try entry(4, lines),
    ]
    try check(
      facts + [try decide(.pair, 1, 4, at: 9)], ["1-4 paired person", "2-3 paired goods"])
    try check(
      facts + [try decide(.unpair, 1, 4, at: 9), try decide(.unpair, 2, 3, at: 9)],
      ["1-3 paired goods", "2-4 paired goods"])
  }

  @Test func theLastDecisionCounts() throws {
    let lines = [try goods("A", "5")]
    let facts = [try export(1, lines, names: 2), try entry(2, lines), try entry(3, lines)]
    try check(
      facts + [try decide(.pair, 1, 3, at: 9), try decide(.unpair, 1, 3, at: 10)],
      ["1-2 paired reference", "?-3 receiverOnly"])
    try check(
      facts + [try decide(.pair, 1, 3, at: 9), try decide(.pair, 1, 2, at: 10)],
      ["1-2 paired person", "?-3 receiverOnly"])
    try check(
      facts + [try decide(.pair, 1, 3, at: 10), try decide(.unpair, 1, 3, at: 9)],
      ["1-3 paired person", "?-2 receiverOnly"])
  }

  @Test func unpairingOutweighsAReference() throws {
    let lines = [try goods("A", "5")]
    try check(
      [
        try export(1, lines, names: 2), try entry(2, lines, names: 1),
        try decide(.unpair, 1, 2, at: 9),
      ], ["1-? senderOnly", "?-2 receiverOnly"])
  }

  @Test func aRectificationReopensThePair() throws {
    let lines = [try goods("A", "5")]
    let facts = [
      try export(1, lines), try export(2, lines), try entry(3, lines), try entry(4, lines),
      try decide(.pair, 1, 4, at: 9),
    ]
    var desk = PairsDesk()
    try desk.take(facts)
    try desk.take([
      try export(1, [], revision: 2, gone: true), try export(8, lines, root: 1),
    ])
    #expect(
      desk.described == [
        "2-? proposed <3 4>", "8-? proposed <3 4>", "?-3 proposed <2 8>", "?-4 proposed <2 8>",
      ])
    let row = try #require(desk.rows["\(home):\(abroad):\(number(1))"])
    #expect(row.decisions.map(\.by) == ["Ana"], "who decided about the document before is kept")
    try desk.take(try decide(.pair, 8, 4, at: 12, by: "Eva"))
    #expect(desk.described == ["2-3 paired goods", "8-4 paired person"])
    #expect(
      desk.rows["\(home):\(abroad):\(number(1))"]?.decisions.map(\.by) == ["Ana", "Eva"])
  }

  @Test func aReferenceToARectifiedDocumentMeansItsChain() throws {
    try check(
      [
        try export(1, [try goods("A", "5")], names: 2),
        try entry(8, [try goods("A", "4")], root: 2),
      ], ["1-8 differing reference quantity"])
  }

  @Test func aSideThatIsWithdrawnFreesTheOther() throws {
    let lines = [try goods("A", "5")]
    var desk = PairsDesk()
    try desk.take([try export(1, lines), try entry(2, lines)])
    #expect(desk.described == ["1-2 paired goods"])
    try desk.take(try entry(2, [], revision: 2, gone: true))
    #expect(desk.described == ["1-? senderOnly"])
    try desk.take(try entry(2, lines, revision: 1))
    #expect(desk.described == ["1-? senderOnly"], "an earlier revision changes nothing")
    try desk.take(try export(1, [], revision: 2, gone: true))
    #expect(desk.described == [])
  }

  @Test func theSameDecisionAgainIsOneAndWithOtherContentAConflict() throws {
    var desk = PairsDesk()
    try desk.take([try export(1, []), try entry(2, []), try decide(.pair, 1, 2, at: 9, id: "d")])
    let sent = desk.sent
    try desk.take(try decide(.pair, 1, 2, at: 9, id: "d"))
    #expect(desk.sent == sent)
    #expect(throws: (any Error).self) { try desk.take(try decide(.unpair, 1, 2, at: 9, id: "d")) }
    #expect(desk.described == ["1-2 paired person"])
  }
}
