import Auditor

extension RuleScenarios {
  /// Rules.md#R5.2, and what a line that names its entries may draw on.
  static let order = [
    Scenario(
      "lines are numbers in the order of service and text in the order of a report",
      [
        part("M"),
        pedimento(number(1), "IN", on: "2024-01-10", [line(10, "M", "5"), line(9, "M", "4")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(10, "M", "2"), line(2, "M", "5")]),
      ],
      saldos: [
        "A,M,\(number(1)),10,2024-01-10,2025-07-10,5,2",
        "A,M,\(number(1)),9,2024-01-10,2025-07-10,4,0",
      ],
      descargos: [
        "A,\(number(2)),10,M,,\(number(1)),10,2,0,0", "A,\(number(2)),2,M,,\(number(1)),10,1,0,0",
        "A,\(number(2)),2,M,,\(number(1)),9,4,0,0",
      ]),
    Scenario(
      "on one day entries are before moves, and moves before exits and acts",
      [
        part("M"), pedimento(number(9), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        move("ZZ", at: "2024-01-10T23:59:59-06:00", from: "A", to: "B", "M", "6"),
        act("0-ACTA", on: "2024-01-10", [(1, "M", "3")]),
        pedimento(number(1), "RT", on: "2024-01-10", [line(1, "M", "3")]),
        pedimento(number(2), "RT", on: "2024-01-10", at: "B", [line(1, "M", "1")]),
        pedimento(number(3), "RT", on: "2024-01-09", [line(1, "M", "1")]),
      ],
      saldos: [
        "A,M,\(number(9)),1,2024-01-10,2025-07-10,10,0",
        "B,M,\(number(9)),1,2024-01-10,2025-07-10,6,5",
      ],
      descargos: [
        "A,0-ACTA,1,M,,\(number(9)),1,3,0,0", "A,\(number(1)),1,M,,\(number(9)),1,1,0,0",
        "B,\(number(2)),1,M,,\(number(9)),1,1,0,0",
      ],
      faltantes: ["A,\(number(1)),1,M,2", "A,\(number(3)),1,M,1"]),
    Scenario(
      "documents are in the order of their code points",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "3")]),
        act("a", on: "2024-02-10", [(1, "M", "1")]), act("É", on: "2024-02-10", [(1, "M", "1")]),
        act("Z", on: "2024-02-10", [(1, "M", "1")]), act("z", on: "2024-02-10", [(1, "M", "1")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,3,0"],
      descargos: [
        "A,Z,1,M,,\(number(1)),1,1,0,0",
        "A,a,1,M,,\(number(1)),1,1,0,0", "A,z,1,M,,\(number(1)),1,1,0,0",
      ],
      faltantes: ["A,É,1,M,1"]),
    Scenario(
      "a line that names an entry draws on the last of that entry's chain, and on no other",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "50")]),
        pedimento(number(2), "IN", on: "2024-01-11", [line(1, "M", "50"), line(2, "M", "50")]),
        document(
          number(3), "R1", "import", on: "2024-01-20", rectifies: number(2),
          [line(1, "M", "5"), line(2, "M", "50")]),
        document(
          number(4), "R1", "import", on: "2024-01-21", rectifies: number(3),
          [line(1, "M", "6"), line(2, "M", "50")]),
        pedimento(
          number(5), "RT", on: "2024-02-10",
          [
            line(1, "M", "3", discharges: [(number(2), 1)]),
            line(2, "M", "2", discharges: [(number(3), 1)]),
            line(3, "M", "4", discharges: [(number(4), 1)]),
            line(4, "M", "7", discharges: [(number(4), 7)]),
          ]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,50,50",
        "A,M,\(number(4)),1,2024-01-11,2025-07-11,6,0",
        "A,M,\(number(4)),2,2024-01-11,2025-07-11,50,50",
      ],
      descargos: [
        "A,\(number(5)),1,M,,\(number(4)),1,3,0,0", "A,\(number(5)),2,M,,\(number(4)),1,2,0,0",
        "A,\(number(5)),3,M,,\(number(4)),1,1,0,0",
      ],
      faltantes: ["A,\(number(5)),3,M,3", "A,\(number(5)),4,M,7"]),
    Scenario(
      "within a line the references add up, and what names none is served first, on its own",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "3")]),
        pedimento(number(2), "IN", on: "2024-01-11", [line(1, "M", "3")]),
        pedimento(number(3), "IN", on: "2024-01-12", [line(1, "M", "3")]),
        pedimento(
          number(4), "RT", on: "2024-02-10",
          [
            line(1, "M", "4", discharges: [(number(2), 1)]),
            line(1, "M", "2", discharges: [(number(1), 1)]), line(1, "M", "7"),
          ]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,3,0",
        "A,M,\(number(2)),1,2024-01-11,2025-07-11,3,0",
        "A,M,\(number(3)),1,2024-01-12,2025-07-12,3,2",
      ],
      descargos: [
        "A,\(number(4)),1,M,,\(number(1)),1,3,0,0", "A,\(number(4)),1,M,,\(number(2)),1,3,0,0",
        "A,\(number(4)),1,M,,\(number(3)),1,1,0,0",
      ],
      faltantes: ["A,\(number(4)),1,M,6"]),
  ]
}
