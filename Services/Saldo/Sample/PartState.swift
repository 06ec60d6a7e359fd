import Ledger

/// What the run remembers of one part at one plant, to keep its numbers plausible. It is an
/// estimate that steers what is made up next, not the books: expiry and late facts are left out.
struct PartState {
  /// Millionths imported and not yet discharged; never below zero.
  var customs: Int64 = 0
  /// Millionths discharged since the last import, which the next one replaces.
  var used: Int64 = 0
  /// Millionths that an export lacked; above zero the part is on its plant's shopping list.
  var wanted: Int64 = 0
  /// Millionths on the shelf.
  var onHand: Int64 = 0
  /// The last entry, to name in directed discharges: first in first out leaves most of the balance
  /// there.
  var latest: RememberedLot?
}

struct RememberedLot {
  let pedimento: PedimentoNumber
  let line: Int32
  /// First day on which it has surely expired.
  let expired: Int32
  let quantity: Int64
}

/// A queue of fixed length that forgets its oldest when it is full.
struct BoundedQueue<Element> {
  private var items: [Element] = []
  private var head = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  var count: Int { items.count - head }
  var isFull: Bool { count >= limit }
  var first: Element? { head < items.count ? items[head] : nil }

  mutating func push(_ item: Element) {
    if isFull { head += 1 }
    if head > limit {
      items.removeFirst(head)
      head = 0
    }
    items.append(item)
  }

  mutating func replaceFirst(_ item: Element) {
    if head < items.count { items[head] = item }
  }

  mutating func pop() -> Element? {
    guard head < items.count else { return nil }
    head += 1
    return items[head - 1]
  }
}

/// What goes on at one plant.
struct PlantState {
  struct Receipt {
    let part: Int
    let uom: Int
    /// Millionths of `uom`, and of the base unit.
    let quantity: Int64
    let base: Int64
  }

  struct Shipment {
    let product: Int
    let units: Int64
    /// Units that no order has been opened for.
    var unplanned: Int64
  }

  struct Order {
    let number: Int
    let product: Int
    let units: Int64
    let uses: [SampleUse]
    var next = 0
  }

  struct Elsewhere {
    let document: Int
    let part: Int
    let quantity: Int64
  }

  /// A destruction of scrap that notice was given of.
  struct Destruction {
    let notice: Int
    /// The day for which it was announced.
    let day: Int32
    let lines: [SampleLine]
  }

  var destructions = BoundedQueue<Destruction>(limit: 8)
  /// Goods at a sub-manufacturer.
  var elsewhere = BoundedQueue<Elsewhere>(limit: 32)
  /// Parts that exports lacked, in no order.
  var shopping: [Int32] = []
  var receipts = BoundedQueue<Receipt>(limit: 512)
  var shipments = BoundedQueue<Shipment>(limit: 256)
  /// Shipments whose goods are being made or are on the shelf.
  var leaving = BoundedQueue<Shipment>(limit: 256)
  var order: Order?
}
