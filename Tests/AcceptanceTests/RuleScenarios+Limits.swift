import Auditor

extension RuleScenarios {
  /// Rules.md#R6.1 and the use of expired lots.
  static let limits = [
    Scenario(
      "a lot serves on its last day, and after it A3 only",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "10")]),
        pedimento(number(2), "RT", on: "2025-07-10", [line(1, "M", "1")]),
        pedimento(number(3), "RT", on: "2025-07-11", [line(1, "M", "2")]),
        pedimento(number(4), "F4", on: "2025-07-12", [line(1, "M", "2")]),
        act("ACTA-1", on: "2025-07-13", [(1, "M", "2")]),
        move("MV-1", at: "2025-07-14T12:00:00Z", from: "A", to: "B", "M", "2"),
        pedimento(number(5), "A3", on: "2025-07-15", [line(1, "M", "3")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,10,6"],
      descargos: [
        "A,\(number(2)),1,M,,\(number(1)),1,1,0,0", "A,\(number(5)),1,M,,\(number(1)),1,3,0,0",
      ],
      faltantes: [
        "A,\(number(3)),1,M,2", "A,\(number(4)),1,M,2", "A,ACTA-1,1,M,2", "A,MV-1,1,M,2",
      ]),
    Scenario(
      "A3 takes first in first out, the expired and the valid alike",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "1")]),
        pedimento(number(2), "IN", on: "2025-06-10", [line(1, "M", "5")]),
        pedimento(number(3), "A3", on: "2025-09-01", [line(1, "M", "2")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,1,0",
        "A,M,\(number(2)),1,2025-06-10,2026-12-10,5,4",
      ],
      descargos: [
        "A,\(number(3)),1,M,,\(number(1)),1,1,0,0", "A,\(number(3)),1,M,,\(number(2)),1,1,0,0",
      ]),
    Scenario(
      "108-III, AF, E2 and E4 have no limit; E1 and E3 have the part's",
      [
        part("M"), part("T", category: "108-III", kind: "asset"), part("X", category: "108-II"),
        pedimento(number(1), "IN", on: "2020-01-10", [line(1, "M", "1"), line(2, "T", "1")]),
        pedimento(number(2), "AF", on: "2020-01-10", [line(1, "M", "1"), line(2, "X", "1")]),
        pedimento(number(3), "E1", on: "2020-01-10", [line(1, "M", "1")]),
        pedimento(number(4), "E2", on: "2020-01-10", [line(1, "M", "1")]),
        pedimento(number(5), "E3", on: "2020-01-10", [line(1, "X", "1")]),
        pedimento(number(6), "E4", on: "2020-01-10", [line(1, "M", "1")]),
        pedimento(number(7), "RT", on: "2030-01-10", [line(1, "T", "1")]),
        document(number(8), "V1", "import", on: "2020-01-10", [line(1, "T", "1")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2020-01-10,2021-07-10,1,1", "A,M,\(number(2)),1,2020-01-10,,1,1",
        "A,M,\(number(3)),1,2020-01-10,2021-07-10,1,1", "A,M,\(number(4)),1,2020-01-10,,1,1",
        "A,M,\(number(6)),1,2020-01-10,,1,1", "A,T,\(number(1)),2,2020-01-10,,1,0",
        "A,T,\(number(8)),1,2020-01-10,,1,1", "A,X,\(number(2)),2,2020-01-10,,1,1",
        "A,X,\(number(5)),1,2020-01-10,2022-01-10,1,1",
      ],
      descargos: ["A,\(number(7)),1,T,,\(number(1)),2,1,0,0"]),
    Scenario(
      "V1 gives 108-I six months and 108-II its own; V1 of export discharges",
      [
        part("M"), part("X", category: "108-II"),
        document(
          number(1), "V1", "import", on: "2024-01-10", [line(1, "M", "9"), line(2, "X", "9")]),
        document(number(2), "V1", "export", on: "2024-07-10", [line(1, "M", "1")]),
        document(
          number(3), "V1", "export", on: "2024-07-11", [line(1, "M", "1"), line(2, "X", "1")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2024-07-10,9,8",
        "A,X,\(number(1)),2,2024-01-10,2026-01-10,9,8",
      ],
      descargos: [
        "A,\(number(2)),1,M,,\(number(1)),1,1,0,0", "A,\(number(3)),2,X,,\(number(1)),2,1,0,0",
      ],
      faltantes: ["A,\(number(3)),1,M,1"]),
    Scenario(
      "months end on the month's last day",
      [
        part("M"), part("X", category: "108-II"),
        pedimento(number(1), "IN", on: "2024-08-31", [line(1, "M", "1")]),
        pedimento(number(2), "IN", on: "2022-08-31", [line(1, "M", "1")]),
        pedimento(number(3), "IN", on: "2024-02-29", [line(1, "X", "1"), line(2, "M", "1")]),
        pedimento(number(4), "IN", on: "2023-12-31", [line(1, "M", "1")]),
        pedimento(number(5), "IN", on: "2024-06-30", [line(1, "M", "1")]),
        document(number(6), "V1", "import", on: "2024-10-31", [line(1, "M", "1")]),
        pedimento(number(7), "IN", on: "2098-08-31", [line(1, "M", "1")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-08-31,2026-02-28,1,1",
        "A,M,\(number(2)),1,2022-08-31,2024-02-29,1,1",
        "A,M,\(number(3)),2,2024-02-29,2025-08-29,1,1",
        "A,M,\(number(4)),1,2023-12-31,2025-06-30,1,1",
        "A,M,\(number(5)),1,2024-06-30,2025-12-30,1,1",
        "A,M,\(number(6)),1,2024-10-31,2025-04-30,1,1",
        "A,M,\(number(7)),1,2098-08-31,2100-02-28,1,1",
        "A,X,\(number(3)),1,2024-02-29,2026-02-28,1,1",
      ]),
    Scenario(
      "a part sent again with another category changes its lots' limit, by time and not by arrival",
      [
        // 18:30 at -06:00 is the latest of the three; the one without a fraction is before 0.5 s.
        part("M", category: "108-II").sent("2024-01-01T18:30:00.5-06:00", id: "p-1"),
        part("M").sent("2024-01-02T00:30:00Z", id: "p-2"),
        part("M", category: "108-III").sent("2024-01-02T01:00:00+01:00", id: "p-3"),
        part("N").sent("2024-01-02T00:00:00Z", id: "p-10"),
        part("N", category: "108-II").sent("2024-01-02T01:00:00.000+01:00", id: "p-9"),
        pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "1"), line(2, "N", "1")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2026-01-10,1,1",
        "A,N,\(number(1)),2,2024-01-10,2026-01-10,1,1",
      ]),
  ]

  /// Rules.md#R8.1.
  static let values = [
    Scenario(
      "the values of a discharged lot add up to its value",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "7", value: "100")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "M", "1"), line(2, "M", "1")]),
        pedimento(number(3), "RT", on: "2024-02-11", [line(1, "M", "2"), line(2, "M", "3")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,7,0"],
      descargos: [
        "A,\(number(2)),1,M,,\(number(1)),1,1,0,0", "A,\(number(2)),2,M,,\(number(1)),1,1,0,0",
        "A,\(number(3)),1,M,,\(number(1)),1,2,0,0", "A,\(number(3)),2,M,,\(number(1)),1,3,0,0",
      ],
      // So far 14.2857, 28.5714, 57.1428, 100.
      dischargeValues: ["14.29", "14.28", "28.57", "42.86"], balanceValues: ["0"]),
    Scenario(
      "half a cent of value rounds up",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "8", value: "0.12")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "M", "3"), line(2, "M", "4")]),
      ],
      saldos: ["A,M,\(number(1)),1,2024-01-10,2025-07-10,8,1"],
      descargos: [
        "A,\(number(2)),1,M,,\(number(1)),1,3,0,0", "A,\(number(2)),2,M,,\(number(1)),1,4,0,0",
      ],
      // So far 0.045, 0.105.
      dischargeValues: ["0.05", "0.06"], balanceValues: ["0.01"]),
    Scenario(
      "what moves takes its value along",
      [
        part("M"), pedimento(number(1), "IN", on: "2024-01-10", [line(1, "M", "3", value: "10")]),
        pedimento(number(2), "RT", on: "2024-02-10", [line(1, "M", "1")]),
        move("MV-1", at: "2024-02-11T12:00:00Z", from: "A", to: "B", "M", "2"),
        pedimento(number(3), "RT", on: "2024-02-12", at: "B", [line(1, "M", "1")]),
      ],
      saldos: [
        "A,M,\(number(1)),1,2024-01-10,2025-07-10,3,0",
        "B,M,\(number(1)),1,2024-01-10,2025-07-10,2,1",
      ],
      descargos: [
        "A,\(number(2)),1,M,,\(number(1)),1,1,0,0", "B,\(number(3)),1,M,,\(number(1)),1,1,0,0",
      ],
      // A: 3.33, and 6.67 moves; B: 3.335 of 6.67.
      dischargeValues: ["3.33", "3.34"], balanceValues: ["0", "3.33"]),
  ]
}
