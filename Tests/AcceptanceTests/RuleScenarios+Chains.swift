import Auditor

extension RuleScenarios {
  /// Rules.md#R7.2, down chains of moves.
  static let chains = [
    Scenario(
      "goods go through three plants on one day, and each move finds what the one before brought",
      [
        part("M"), plant("D"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "6"),
        move("MV-2", at: "2024-02-01T12:00:00Z", from: "B", to: "D", "M", "5"),
        move("MV-3", at: "2024-02-01T12:00:00Z", from: "D", to: "A", "M", "4"),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,14,8",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,6,1",
        "D,M,\(number(1)),1,2024-01-10,2025-07-10,5,1",
      ]),
    Scenario(
      "documents decide on one day: against their order a chain finds nothing",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        move("MV-2", at: "2024-02-01T08:00:00Z", from: "A", to: "B", "M", "6"),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "B", to: "A", "M", "5"),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,10,4",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,6,6",
      ],
      faltantes: ["B,MV-1,1,M,5"]),
    Scenario(
      "an entry before a chain, however late it comes, goes first down all of it",
      [
        part("M"), plant("D"), pedimento(number(2), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "6"),
        move("MV-2", at: "2024-02-02T12:00:00Z", from: "B", to: "D", "M", "5"),
        pedimento(number(3), "RT", on: "2024-02-03", at: "D", [line(1, "M", "4.5")]),
        pedimento(number(1), "IN", on: "2024-01-05", [line(1, "M", "4")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-05,2025-07-05,4,0",
        "A,M,\(number(2)),1,2024-01-10,2025-07-10,10,8",
        "B,M,\(number(1)),1,2024-01-05,2025-07-05,4,0",
        "B,M,\(number(2)),1,2024-01-10,2025-07-10,2,1",
        "D,M,\(number(1)),1,2024-01-05,2025-07-05,4,0",
        "D,M,\(number(2)),1,2024-01-10,2025-07-10,1,0.5",
      ],
      descargos: [
        "D,\(number(3)),1,M,,\(number(1)),1,4,0,0", "D,\(number(3)),1,M,,\(number(2)),1,0.5,0,0",
      ]),
    Scenario(
      "a move of goods that were never there moves nothing, and neither does what follows it",
      [
        part("M"),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "6"),
        move("MV-2", at: "2024-02-02T12:00:00Z", from: "B", to: "A", "M", "5"),
        pedimento(number(1), "IN", on: "2024-02-03", [line(1, "M", "4")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-02-03,2025-08-03,4,4"],
      faltantes: ["A,MV-1,1,M,6", "B,MV-2,1,M,5"]),
    Scenario(
      "an exit before a move, however late it comes, can leave it nothing, and the chain with it",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "5")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "5"),
        move("MV-2", at: "2024-02-02T12:00:00Z", from: "B", to: "A", "M", "5"),
        pedimento(number(2), "RT", on: "2024-01-20", [line(1, "M", "5")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,5,0"],
      descargos: ["A,\(number(2)),1,M,,\(number(1)),1,5,0,0"],
      faltantes: ["A,MV-1,1,M,5", "B,MV-2,1,M,5"]),
    Scenario(
      "a move that an exit left nothing has its goods again once the exit is corrected",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "5")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "5"),
        move("MV-2", at: "2024-02-02T12:00:00Z", from: "B", to: "A", "M", "5"),
        pedimento(number(2), "RT", on: "2024-01-20", [line(1, "M", "5")])
          .sent("2024-01-21T00:00:00Z", id: "x-1"),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "M", "2")])
          .sent("2024-01-22T00:00:00Z", id: "x-2"),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,10,3",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,5,0",
      ],
      descargos: ["A,\(number(2)),1,M,,\(number(1)),1,2,0,0"]),
    Scenario(
      "a rectification that takes goods away is followed there and back",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "9")]),
        move("MV-1", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "6"),
        move("MV-2", at: "2024-02-02T12:00:00Z", from: "B", to: "A", "M", "5"),
        pedimento(number(3), "RT", on: "2024-02-05", [line(1, "M", "7")]),
        pedimento(
          number(2), "R1", on: "2024-03-01", rectifies: number(1), [line(1, "M", "3")]),
      ],
      saldos: [
        "A,M,\(number(2)),1,2024-01-10,2025-07-10,6,0",
        "B,M,\(number(2)),1,2024-01-10,2025-07-10,3,0",
      ],
      descargos: ["A,\(number(3)),1,M,,\(number(2)),1,3,0,0"],
      faltantes: ["A,\(number(3)),1,M,4", "A,MV-1,1,M,3", "B,MV-2,1,M,2"]),
  ]
}
