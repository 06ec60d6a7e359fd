import Ledger
import Testing

@Suite struct ValidationYearTests {
  @Test(arguments: [
    (2026, 6, 2026), (2026, 5, 2025), (2026, 7, 2027), (2020, 9, 2019), (2029, 0, 2030),
    // None within a year ends so: the payment's.
    (2026, 4, 2026), (2026, 8, 2026), (2020, 5, 2020),
  ])
  func isTheNearestToThePayment(_ payment: Int, _ digit: Int, _ year: Int) {
    #expect(ValidationYear.nearest(to: payment, endingIn: digit) == year)
  }

  @Test(arguments: [(2026, 6, 2026), (2026, 5, 2025), (2026, 7, 2017), (2026, 0, 2020)])
  func isTheLatestThatANamedPedimentoCanHave(_ year: Int, _ digit: Int, _ latest: Int) {
    #expect(ValidationYear.latest(upTo: year, endingIn: digit) == latest)
  }
}
