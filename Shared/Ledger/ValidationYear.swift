/// The year in a pedimento's fifteen digits: the year in which customs validated it.
///
/// Of the seven digits that number a pedimento the first is the last digit of that year, so it is
/// known beside any date near the validation: one validated on 30 December and paid on 2 January is
/// of the old year.
public enum ValidationYear {
  /// The year nearest to one of a payment that ends in a digit; the payment's where none within a
  /// year does.
  public static func nearest(to payment: Int, endingIn digit: Int) -> Int {
    [payment, payment - 1, payment + 1].first { $0 % 10 == digit } ?? payment
  }

  /// The latest year that ends in a digit and is not after another year: for a pedimento that is
  /// known only because a document of that year names it.
  public static func latest(upTo year: Int, endingIn digit: Int) -> Int {
    year - ((year - digit) % 10 + 10) % 10
  }
}
