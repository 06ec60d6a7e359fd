import Auditor

extension RuleScenarios {
  /// Rules.md#R7.1.
  static let moves = [
    Scenario(
      "goods keep their entry through two moves, and come back as one row",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        pedimento(number(2), "IN", on: "2024-01-15", at: "B", [line(1, "M", "1")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "4"),
        move("MV-2", at: "2024-02-02T12:00:00Z", from: "A", to: "B", "M", "2"),
        move("MV-3", at: "2024-02-03T12:00:00Z", from: "B", to: "A", "M", "5"),
        pedimento(number(3), "RT", on: "2024-02-04", at: "B", [line(1, "M", "3")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,15,9",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,6,0",
        "B,M,\(number(2)),1,2024-01-15,2025-07-15,1,0",
      ],
      descargos: [
        "B,\(number(3)),1,M,,\(number(1)),1,1,0,0", "B,\(number(3)),1,M,,\(number(2)),1,1,0,0",
      ],
      faltantes: ["B,\(number(3)),1,M,1"]),
    Scenario(
      "a move's goods serve what comes after the move, in the entry's order",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "2")]),
        pedimento(number(2), "IN", on: "2024-01-15", at: "B", [line(1, "M", "5")]),
        pedimento(number(3), "RT", on: "2024-01-31", at: "B", [line(1, "M", "1")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "3"),
        pedimento(number(4), "RT", on: "2024-02-01", at: "B", [line(1, "M", "3")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,2,0",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,2,0",
        "B,M,\(number(2)),1,2024-01-15,2025-07-15,5,3",
      ],
      descargos: [
        "B,\(number(3)),1,M,,\(number(2)),1,1,0,0", "B,\(number(4)),1,M,,\(number(1)),1,2,0,0",
        "B,\(number(4)),1,M,,\(number(2)),1,1,0,0",
      ],
      faltantes: ["A,MV-1,1,M,1"]),
    Scenario(
      "what a move brings is there after its key, so not for another move of the same document",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "2"),
        move("MV-1", at: "2024-02-01T13:00:00Z", from: "B", to: "A", "M", "1"),
        move("MV-2", at: "2024-02-01T11:00:00Z", from: "B", to: "A", "M", "1"),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,11,9",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,2,1",
      ],
      faltantes: ["B,MV-1,1,M,1"]),
    Scenario(
      "two sources may give one id to two moves; one source may not",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "2").from(
          "/wms", id: "m"),
        move("MV-2", at: "2024-02-02T12:00:00Z", from: "A", to: "B", "M", "3").from(
          "/mes", id: "m"),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "2").from(
          "/wms", id: "m"),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,10,5",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,5,5",
      ]),
    Scenario(
      "the same move in two events under one document is one, and rounded once",
      [
        part("M", factors: [14: "0.000001"]),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "1")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "0.4", uom: 14),
        move("MV-1", at: "2024-02-01T13:00:00Z", from: "A", to: "B", "M", "0.4", uom: 14),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,1,0.999999",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,0.000001,0.000001",
      ]),
    Scenario(
      "goods of another company's plant do not move",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", at: "C", [line(1, "M", "1")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "C", to: "A", "M", "1"),
      ],
      saldos: ["C,M,\(number(1)),1,2024-01-10,2025-07-10,1,1"]),
  ]
}
