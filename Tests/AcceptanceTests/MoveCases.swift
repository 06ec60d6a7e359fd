import Auditor
import Foundation
import Testing

/// Facts of moves and receipts, and what `traslados.csv` says of them on 2024-03-01.
struct MoveCase: Sendable, CustomTestStringConvertible {
  let name: String
  let events: [Data]
  /// Of each row the cells, without the company's name and the unit.
  let expected: [[String]]

  static let day = "2024-03-01"

  /// A hundred of M at A, and the catalogue, beside the events of the case; each row is the cells
  /// behind the RFC, with commas between them.
  init(_ name: String, _ events: [EventText], _ rows: [String]) {
    let before = [
      part("M", factors: [20: "12"]),
      pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "100")]),
    ]
    self.name = name
    self.events = (companies + before + events).enumerated().map {
      $0.element.cloudEvent(defaultID: "e-\($0.offset)")
    }
    expected = rows.map { row in
      ["AME010203AB1"]
        + row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  var testDescription: String { name }

  /// The events in another order of arrival, the same one for the same seed.
  func shuffled(seed: UInt64) -> [Data] {
    var random = SeededRandom(seed: seed)
    return events.shuffled(using: &random)
  }

  private static let sent = move("MV-1", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "M", "10")

  static let all = [
    MoveCase(
      "nothing of it has come", [sent], ["B,M,MV-1,2024-02-28,A,AT-1,10,10,0,,-10,en_transito,2,"]),
    MoveCase(
      "goods are overdue after more days than are given",
      [
        move("MV-1", at: "2024-02-25T10:00:00Z", from: "A", to: "B", "M", "10"),
        move("MV-2", at: "2024-02-24T10:00:00Z", from: "A", to: "B", "M", "10"),
      ],
      [
        "B,M,MV-1,2024-02-25,A,AT-1,10,10,0,,-10,en_transito,5,",
        "B,M,MV-2,2024-02-24,A,AT-1,10,10,0,,-10,vencido,6,",
      ]),
    MoveCase(
      "receipts add up, also what came before the move's day",
      [
        sent, received("MV-1", at: "2024-02-28T23:00:00-06:00", "B", "M", "7.5"),
        received("MV-1", at: "2024-02-27T10:00:00Z", "B", "M", "2.5"),
      ],
      ["B,M,MV-1,2024-02-28,A,AT-1,10,10,10,,0,recibido,2,2024-02-29T05:00:00Z"]),
    MoveCase(
      "less than was sent, and more",
      [
        sent, move("MV-2", at: "2024-01-28T10:00:00Z", from: "A", to: "B", "M", "10"),
        received("MV-1", at: "2024-02-28T12:00:00.75Z", "B", "M", "10.000001"),
        received("MV-2", at: "2024-02-28T12:00:00Z", "B", "M", "9.999999"),
      ],
      [
        "B,M,MV-1,2024-02-28,A,AT-1,10,10,10.000001,,0.000001,excedente,2,2024-02-28T12:00:00Z",
        "B,M,MV-2,2024-01-28,A,AT-1,10,10,9.999999,,-0.000001,corto,33,2024-02-28T12:00:00Z",
      ]),
    MoveCase(
      "receipts in other units count by the catalogue's factor, and stand aside without one",
      [
        move("MV-1", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "M", "1.25", uom: 20),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "1", uom: 20),
        received("MV-1", at: "2024-02-29T11:00:00Z", "B", "M", "3"),
        received("MV-1", at: "2024-02-29T12:00:00Z", "B", "M", "2.5", uom: 1),
      ],
      ["B,M,MV-1,2024-02-28,A,AT-1,15,15,15,2.5 kilo,0,recibido,2,2024-02-29T12:00:00Z"]),
    MoveCase(
      "a later version of the part gives the factor",
      [
        sent, received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "1", uom: 20),
        part("M", factors: [20: "10"]).sent("2024-01-02T00:00:00Z", id: "later"),
      ],
      ["B,M,MV-1,2024-02-28,A,AT-1,10,10,10,,0,recibido,2,2024-02-29T10:00:00Z"]),
    MoveCase(
      "an event that is repeated counts once, another that says the same counts",
      [
        sent,
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "2").from("/wms", id: "r-1"),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "2").from("/wms", id: "r-1"),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "2").from("/mes", id: "r-1"),
      ],
      ["B,M,MV-1,2024-02-28,A,AT-1,10,10,4,,-6,corto,2,2024-02-29T10:00:00Z"]),
    MoveCase(
      "goods that the books never had are sent and received all the same",
      [
        part("N"), move("MV-1", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "N", "4"),
        move("MV-2", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "M", "130"),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "N", "4"),
      ],
      [
        "B,M,MV-2,2024-02-28,A,AT-1,130,100,0,,-130,en_transito,2,",
        "B,N,MV-1,2024-02-28,A,AT-1,4,0,4,,0,recibido,2,2024-02-29T10:00:00Z",
      ]),
    MoveCase(
      "moves of one document share what came in their order, the last has what is beyond",
      [
        move("MV-1", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "M", "5"),
        move("MV-1", at: "2024-02-27T10:00:00Z", from: "A", to: "B", "M", "4"),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "6"),
        move("MV-2", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "M", "5"),
        move("MV-2", at: "2024-02-27T10:00:00Z", from: "A", to: "B", "M", "4"),
        received("MV-2", at: "2024-02-29T10:00:00Z", "B", "M", "10"),
      ],
      [
        "B,M,MV-1,2024-02-27,A,AT-1,4,4,4,,0,recibido,3,2024-02-29T10:00:00Z",
        "B,M,MV-1,2024-02-28,A,AT-1,5,5,2,,-3,corto,2,2024-02-29T10:00:00Z",
        "B,M,MV-2,2024-02-27,A,AT-1,4,4,4,,0,recibido,3,2024-02-29T10:00:00Z",
        "B,M,MV-2,2024-02-28,A,AT-1,5,5,6,,1,excedente,2,2024-02-29T10:00:00Z",
      ]),
    MoveCase(
      "events that move the same the same way are one move, under all their notices",
      [
        sent,
        move(
          "MV-1", at: "2024-02-28T18:00:00Z", from: "A", to: "B", "M", "5", aviso: "AT-0"),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "15"),
      ],
      ["B,M,MV-1,2024-02-28,A,AT-0 AT-1,15,15,15,,0,recibido,2,2024-02-29T10:00:00Z"]),
    MoveCase(
      "only what came to the plant, of the part and by the document counts",
      [
        sent, part("N"), received("MV-1", at: "2024-02-29T10:00:00Z", "A", "M", "10"),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "N", "10"),
        received("MV-2", at: "2024-02-29T10:00:00Z", "B", "M", "10"),
      ],
      ["B,M,MV-1,2024-02-28,A,AT-1,10,10,0,,-10,en_transito,2,"]),
    MoveCase(
      "there and back under one document",
      [
        sent, move("MV-1", at: "2024-02-29T10:00:00Z", from: "B", to: "A", "M", "4"),
        received("MV-1", at: "2024-02-28T20:00:00Z", "B", "M", "10"),
        received("MV-1", at: "2024-03-01T10:00:00Z", "A", "M", "3"),
      ],
      [
        "A,M,MV-1,2024-02-29,B,AT-1,4,4,3,,-1,corto,1,2024-03-01T10:00:00Z",
        "B,M,MV-1,2024-02-28,A,AT-1,10,10,10,,0,recibido,2,2024-02-28T20:00:00Z",
      ]),
    MoveCase(
      "a move to a plant that is another company's is none, whatever came",
      [
        sent, received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "10"),
        plant("B", rfc: "BRX990101CD2").sent("2024-01-02T00:00:00Z", id: "later"),
      ],
      []),
    MoveCase(
      "a move of a part that is not known waits",
      [move("MV-1", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "N", "4")], []),
    MoveCase(
      "what the books can cover follows a late fact, and the receipts do not change",
      [
        move("MV-1", at: "2024-02-28T10:00:00Z", from: "A", to: "B", "M", "60"),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "M", "70")]),
        received("MV-1", at: "2024-02-29T10:00:00Z", "B", "M", "60"),
      ],
      ["B,M,MV-1,2024-02-28,A,AT-1,60,30,60,,0,recibido,2,2024-02-29T10:00:00Z"]),
  ]
}
