import CRdKafka
import EventLog
import Logging
import Testing

@testable import EventLogKafka

/// For how long a cluster is asked that does not answer. Nothing here has a broker.
@Suite struct PatienceTests {
  /// Port 1 is nobody's.
  private static let nobody = "127.0.0.1:1"

  @Test func theFirstAnswerIsWaitedForAsLongAsIsAskedFor() {
    let patience = Patience(first: .seconds(5))
    #expect(patience.limit == .seconds(5))
    patience.answered()
    #expect(patience.limit == .seconds(40))
  }

  @Test(
    arguments: [
      (Duration.seconds(40), 5_000), (.seconds(5), 5_000), (.milliseconds(4_500), 4_500),
      (.seconds(1), 1_000), (.microseconds(1), 1), (.zero, 1), (.seconds(-3), 1),
    ] as [(Duration, Int32)])
  func aRequestTakesNoLongerThanIsLeft(_ left: Duration, _ milliseconds: Int32) {
    let patience = Patience(first: .seconds(40))
    // Until the first answer it is looked more often whether there is a connection at all.
    #expect(patience.request(within: left) == min(1_000, milliseconds))
    patience.answered()
    #expect(patience.request(within: left) == milliseconds)
  }

  @Test func aQuestionIsAskedOnceWhereThereIsNoTimeForMore() throws {
    var asked: [Int32] = []
    let error = #expect(throws: EventLogError.self) {
      try Self.inquiries(first: .zero).retrying("ask") { milliseconds in
        asked.append(milliseconds)
        try Inquiries.Failure.check(RD_KAFKA_RESP_ERR__TRANSPORT)
      }
    }
    #expect(asked == [1])
    #expect("\(String(describing: error))".contains("cannot ask at 127.0.0.1:1 within 0.0 seconds"))
  }

  @Test func aQuestionIsAskedAgainOnceAnotherWasAnswered() throws {
    let inquiries = try Self.inquiries(first: .zero)
    try inquiries.retrying("ask") { _ in }
    var asked: [Int32] = []
    try inquiries.retrying("ask") { milliseconds in
      asked.append(milliseconds)
      if asked.count < 3 { try Inquiries.Failure.check(RD_KAFKA_RESP_ERR__TRANSPORT) }
    }
    #expect(asked == [5_000, 5_000, 5_000])
  }

  @Test func whatTimeWillNotMendIsNotAskedAgain() throws {
    var asked = 0
    let error = #expect(throws: EventLogError.self) {
      try Self.inquiries(first: .seconds(40)).retrying("ask") { _ in
        asked += 1
        try Inquiries.Failure.check(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
      }
    }
    #expect(asked == 1)
    #expect(!"\(String(describing: error))".contains("within"))
  }

  /// A later client library has errors that this program does not know: they pass, as far as is
  /// known.
  @Test func anErrorThatNobodyKnowsIsOfTheMoment() throws {
    let inquiries = try Self.inquiries(first: .seconds(40))
    var asked = 0
    try inquiries.retrying("ask") { _ in
      asked += 1
      if asked < 3 { try Inquiries.Failure.check(rd_kafka_resp_err_t(rawValue: -199)) }
    }
    #expect(asked == 3)
  }

  /// That a right is missing says itself, and what to do.
  @Test func aMissingRightIsNamedWithWhatToDo() throws {
    let error = #expect(throws: EventLogError.self) {
      try Self.inquiries(first: .seconds(40)).retrying("ask") { _ in
        try Inquiries.Failure.check(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
      }
    }
    guard case .refused(let text)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(text.contains("Group authorization failed") && text.contains("Read on the groups"))
  }

  /// A login that is refused is not waited for.
  @Test func aRefusedLoginIsSaidAtTheSecondTry() throws {
    let inquiries = try Self.inquiries(first: .seconds(40))
    inquiries.trouble.refused("SASL authentication failed: invalid credentials")
    var asked = 0
    let error = #expect(throws: EventLogError.self) {
      try inquiries.retrying("ask") { _ in
        asked += 1
        try Inquiries.Failure.check(RD_KAFKA_RESP_ERR__TRANSPORT)
      }
    }
    #expect(asked == 2)
    #expect(
      error
        == .refused("cannot ask at 127.0.0.1:1: SASL authentication failed: invalid credentials"))
  }

  @Test func aLogGivesUpWhenItsSettingsSaySo() async throws {
    var settings = KafkaSettings(servers: Self.nobody)
    settings.firstAnswer = .milliseconds(50)
    let log = try KafkaLog(settings: settings, logger: LogLines().logger)
    let error = await #expect(throws: EventLogError.self) { try await log.partitions(of: "a") }
    await log.close()
    #expect(
      "\(String(describing: error))".contains("ask for topic a at 127.0.0.1:1 within 0.05 seconds"))
  }

  private static func inquiries(first: Duration) throws -> Inquiries {
    let settings = KafkaSettings(servers: nobody)
    return Inquiries(
      client: try KafkaHandle(
        settings, role: .inquiries, client: "me", logger: LogLines().logger),
      servers: nobody, patience: Patience(first: first))
  }
}
