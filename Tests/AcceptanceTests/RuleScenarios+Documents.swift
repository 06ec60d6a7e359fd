import Auditor

extension RuleScenarios {
  /// Rules.md#R3.2: of the documents of one root only one counts.
  static let rectifications = [
    Scenario(
      "of two rectifications of one root the later paid counts, whatever its number or parent",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10", value: "5")]),
        document(
          number(9), "R1", "import", on: "2024-02-01", rectifies: number(1), [line(1, "M", "20")]),
        document(
          number(3), "R1", "import", on: "2024-02-02", rectifies: number(1), [line(2, "M", "30")]),
        document(
          number(8), "R1", "import", on: "2024-01-31", rectifies: number(3), [line(1, "M", "40")]),
      ],
      saldos: ["A,M,\(number(3)),2,2024-01-10,2025-07-10,30,30"]),
    Scenario(
      "of two rectifications paid on one day the greater number counts",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        document(
          number(10), "R1", "import", on: "2024-02-01", rectifies: number(1), [line(1, "M", "20")]),
        document(
          number(9), "R1", "import", on: "2024-02-01", rectifies: number(1), [line(1, "M", "30")]),
      ],
      saldos: ["A,M,\(number(10)),1,2024-01-10,2025-07-10,20,20"]),
    Scenario(
      "a rectification across a year keeps its root's date and its own place among numbers",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-12-20", [line(1, "M", "10")]),
        document(
          number(1, year: 25), "R1", "import", on: "2025-01-15", rectifies: number(1),
          [line(1, "M", "5")]),
        pedimento(number(2), "IN", on: "2024-12-20", [line(1, "M", "1")]),
        pedimento(number(3), "RT", on: "2024-12-24", [line(1, "M", "3")]),
      ],
      saldos: [
        "A,M,\(number(2)),1,2024-12-20,2026-06-20,1,0",
        "A,M,\(number(1, year: 25)),1,2024-12-20,2026-06-20,5,3",
      ],
      descargos: [
        "A,\(number(3)),1,M,,\(number(2)),1,1,0,0",
        "A,\(number(3)),1,M,,\(number(1, year: 25)),1,2,0,0",
      ]),
    Scenario(
      "a rectification may change the plant",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        pedimento(number(2), "RT", on: "2024-01-20", [line(1, "M", "1")]),
        pedimento(number(3), "RT", on: "2024-01-20", at: "B", [line(1, "M", "2")]),
        document(
          number(4), "R1", "import", on: "2024-02-01", at: "B", rectifies: number(1),
          [line(1, "M", "10")]),
      ],
      saldos: ["B,M,\(number(4)),1,2024-01-10,2025-07-10,10,8"],
      descargos: ["B,\(number(3)),1,M,,\(number(4)),1,2,0,0"], faltantes: ["A,\(number(2)),1,M,1"]),
    Scenario(
      "a rectified exit asks on its root's date, under its own number",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        pedimento(number(2), "A3", on: "2026-01-20", [line(1, "M", "1")]),
        document(
          number(3), "R1", "import", on: "2026-02-01", rectifies: number(2), [line(4, "M", "3")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,10,7"],
      descargos: ["A,\(number(3)),4,M,,\(number(1)),1,3,0,0"]),
    Scenario(
      "a pedimento sent again is replaced, with its lines",
      [
        part("M"),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")])
          .sent("2024-01-12T00:00:00Z", id: "d-1"),
        pedimento(number(1), "IN", on: "2024-01-09", [line(2, "M", "4")])
          .sent("2024-01-13T00:00:00Z", id: "d-2"),
      ],
      saldos: ["A,M,\(number(1)),2,2024-01-09,2025-07-09,4,4"]),
    Scenario(
      "an act sent again is replaced; the same act of another company is another",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        pedimento(number(2), "IN", on: "2024-01-10", at: "C", [line(1, "M", "10")]),
        act("ACTA-1", on: "2024-02-10", [(1, "M", "1")]).sent("2024-02-10T00:00:00Z", id: "a-1"),
        act("ACTA-1", on: "2024-02-10", [(1, "M", "2")]).sent("2024-02-10T00:00:01Z", id: "a-2"),
        act("ACTA-1", on: "2024-02-10", at: "C", rfc: "BRX990101CD2", [(1, "M", "3")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,10,8",
        "C,M,\(number(2)),1,2024-01-10,2025-07-10,10,7",
      ],
      descargos: ["A,ACTA-1,1,M,,\(number(1)),1,2,0,0", "C,ACTA-1,1,M,,\(number(2)),1,3,0,0"]),
  ]

  /// What refers to something not known has no effect; neither has what asks for what cannot be.
  static let waiting = [
    Scenario(
      "lines, documents and moves that wait forever",
      [
        part("M"), part("N"), part("P", kind: "product"), part("Q", kind: "product"),
        bom("P", [("M", "1", "0", "0"), ("NOPE", "1", "0", "0")]),
        bom("Q", [("R", "1", "0", "0")]), bom("R", [("Q", "1", "0", "0")]),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10"), line(2, "NOPE", "1")]),
        pedimento(number(2), "IN", on: "2024-01-10", at: "Z", [line(1, "M", "10")]),
        pedimento(number(3), "IN", on: "2024-01-10", [line(1, "M", "1", uom: 14)]),
        document(
          number(4), "R1", "import", on: "2024-01-10", rectifies: number(99), [line(1, "M", "1")]),
        document(
          number(5), "IN", "import", on: "2024-01-10", rectifies: number(6), [line(1, "M", "1")]),
        document(
          number(6), "R1", "import", on: "2024-01-10", rectifies: number(5), [line(1, "M", "1")]),
        pedimento(
          number(7), "RT", on: "2024-02-10",
          [
            line(1, "P", "1", finished: true), line(2, "Q", "1", finished: true),
            line(3, "N", "1", finished: true), line(4, "M", "1", discharges: [(number(98), 1)]),
            line(5, "M", "1", uom: 14), line(6, "NOPE", "1"), line(7, "M", "2"),
          ]),
        act("ACTA-1", on: "2024-02-10", at: "Z", [(1, "M", "1")]),
        move("MV-1", at: "2024-02-10T12:00:00Z", from: "A", to: "Z", "M", "1"),
        move("MV-2", at: "2024-02-10T12:00:00Z", from: "Z", to: "A", "M", "1"),
        move("MV-3", at: "2024-02-10T12:00:00Z", from: "A", to: "A", "M", "1"),
        move("MV-4", at: "2024-02-10T12:00:00Z", from: "A", to: "B", "M", "1", rfc: "CAA010203AB1"),
        move("MV-5", at: "2024-02-10T12:00:00Z", from: "A", to: "C", "M", "1"),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,10,8"],
      descargos: ["A,\(number(7)),7,M,,\(number(1)),1,2,0,0"]),
    Scenario(
      "of one part twice within a line, the one whose unit has no factor waits alone",
      [
        part("M"),
        pedimento(
          number(1), "IN", on: "2024-01-10",
          [line(1, "M", "3", value: "9"), line(1, "M", "2", uom: 14, value: "5")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,3,3"], balanceValues: ["9"]),
    Scenario(
      "a document whose last rectification waits has no effect",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        document(
          number(2), "R1", "import", on: "2024-02-10", at: "Z", rectifies: number(1),
          [line(1, "M", "5")]),
      ]),
    Scenario(
      "claves without effect, and one with effect only in the other operation",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        pedimento(number(2), "A1", on: "2024-01-10", [line(1, "M", "10")]),
        pedimento(number(3), "C1", on: "2024-01-10", [line(1, "M", "10")]),
        document(number(4), "CT", "export", on: "2024-02-10", [line(1, "M", "1")]),
        document(number(5), "GC", "import", on: "2024-02-10", [line(1, "M", "1")]),
        document(number(6), "IN", "export", on: "2024-02-10", [line(1, "M", "1")]),
        document(number(7), "RT", "import", on: "2024-02-10", [line(1, "M", "1")]),
        document(number(8), "F4", "export", on: "2024-02-10", [line(1, "M", "1")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,10,10"]),
  ]
}
