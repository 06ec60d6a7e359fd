import DischargeRules
import Testing

/// When what waits for a book is served, and that the turns are few (Decisions/0038).
@Suite struct BookTurnTests {
  @Test func oneFactIsServedWhenItsTurnComes() {
    var turn = BookTurn()
    #expect(turn.join(bookOf: 1_000_000) == .ask)
    #expect(turn.comeRound(bookOf: 1_000_000) == .serve)
    #expect(turn.isIdle && turn.comeRound(bookOf: 1_000_000) == .wait)
  }

  @Test func whatJoinsSendsTheTurnRoundAgain() {
    var turn = BookTurn()
    #expect(turn.join(bookOf: 100_000) == .ask)
    #expect(turn.join(bookOf: 100_000) == .wait)
    #expect(turn.comeRound(bookOf: 100_000) == .ask)
    #expect(turn.waiting == 2)
    #expect(turn.comeRound(bookOf: 100_000) == .serve)
  }

  /// A book under a steady stream of facts is served too: after as many rounds as its facts are
  /// worth, and no more turns are on their way than one.
  @Test(arguments: [1, 256, 257, 10_000, 100_000] as [Int64])
  func aSteadyStreamDoesNotPutItOff(facts: Int64) {
    var turn = BookTurn()
    var (asked, rounds): (Int64, Int64) = (0, 0)
    var step = turn.join(bookOf: facts)
    while step != .serve {
      if step == .ask { asked += 1 }
      for _ in 0..<3 { #expect(turn.join(bookOf: facts) == .wait) }
      step = turn.comeRound(bookOf: facts)
      rounds += 1
    }
    #expect(asked == rounds)
    #expect(rounds == (facts + BookTurn.factsInRound - 1) / BookTurn.factsInRound)
  }

  /// As many facts as the book holds are served without the turn; it finds nothing then.
  @Test func asManyAsTheBookHoldsAreServedWithoutTheTurn() {
    var turn = BookTurn()
    let facts = BookTurn.many * 2
    #expect(turn.join(bookOf: facts) == .ask)
    for _ in 2..<facts { #expect(turn.join(bookOf: facts) == .wait) }
    #expect(turn.join(bookOf: facts) == .serve)
    #expect(turn.waiting == 0 && turn.isAsked && !turn.isIdle)
    // Another that comes meanwhile does not ask again, and waits for a round of its own.
    #expect(turn.join(bookOf: facts) == .wait)
    #expect(turn.comeRound(bookOf: facts) == .ask)
    #expect(turn.comeRound(bookOf: facts) == .serve)
    #expect(turn.isIdle)
  }

  /// The bound of Decisions/0038, for facts that all are late in a book that they make themselves,
  /// several of which come in a round: what is served again is at most twice the facts, and so many
  /// for each round.
  @Test(arguments: [2, 7, 100, 5_000, 50_000] as [Int64])
  func servingAgainIsPaidForByFacts(inARound: Int64) {
    let all: Int64 = 300_000
    var turn = BookTurn()
    var (held, again, turns, rounds): (Int64, Int64, Int64, Int64) = (1, 0, 0, 0)
    var step = BookTurn.Step.wait
    func serve(_ waiting: Int64) {
      again += held
      held += waiting
    }
    var came: Int64 = 0
    while came < all {
      let waiting = turn.waiting + 1
      step = turn.join(bookOf: held)
      came += 1
      if step == .ask { turns += 1 }
      if step == .serve { serve(waiting) }
      guard came % inARound == 0, turn.isAsked else { continue }
      let waited = turn.waiting
      step = turn.comeRound(bookOf: held)
      rounds += 1
      if step == .ask { turns += 1 }
      if step == .serve { serve(waited) }
    }
    #expect(again <= 2 * all + BookTurn.factsInRound * rounds, "\(again)")
    #expect(turns <= rounds + 1)
  }
}
