using System.Net;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.LongRange;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LongRangeEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private SmallOperation _operation = null!;

    protected override async Task Prepare()
    {
        _operation = await SmallOperation.SetUp(Client, "long");
        await _operation.Import(_operation.Volumes(_operation.Chat, 6, 1, SmallOperation.CutOffDate.PlusDays(-70), 70));
    }

    [Test]
    public async Task Get_TenWeeksOfHistory_ForecastsWholeWeeksAndSaysThatNoYearIsKnown()
    {
        var answer = (await Client.Get($"/api/v1/forecasts/long-range?hub=long&queue={_operation.Chat}&weeks=26&levels=0.1,0.5,0.9")).Is(HttpStatusCode.OK)
            .Json;

        ((bool)answer["knowsTheYear"]!).Should().BeFalse();
        var weeks = answer["weeks"]!.AsArray();
        weeks.Should().HaveCount(26);
        weeks.Select(w => DateOnly.Parse((string)w!["week"]!).DayOfWeek).Should().OnlyContain(day => day == DayOfWeek.Monday);
        weeks.Should().OnlyContain(w => (double)w!["mean"]! > 0);
        weeks.Select(w => w!["quantiles"]!.AsArray().Select(q => (double)q!).ToArray()).Should()
            .OnlyContain(q => q.Length == 3 && q[0] <= q[1] && q[1] <= q[2]);
    }

    [TestCase("hub=long&queue=nobody", "nobody")]
    [TestCase("hub=long&queue=nobody&weeks=105", "105")]
    [TestCase("hub=long&queue=nobody&weeks=0", "0")]
    public async Task Get_WhatCannotBe_IsRefusedInWords(string query, string said) =>
        (await Client.Get($"/api/v1/forecasts/long-range?{query}")).Is(HttpStatusCode.UnprocessableEntity).Text.Should().Contain(said);

    [Test]
    public async Task Get_OtherHub_IsNotThere() =>
        (await Client.Get("/api/v1/forecasts/long-range?hub=nowhere&queue=x")).Status.Should().NotBe(HttpStatusCode.OK);
}
