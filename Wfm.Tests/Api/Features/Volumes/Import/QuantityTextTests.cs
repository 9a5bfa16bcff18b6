using System.Globalization;
using System.Text;
using FsCheck;
using Wfm.Api.Features.Volumes.Import;

namespace Wfm.Tests.Api.Features.Volumes.Import;

public sealed class QuantityTextTests
{
    [FsCheck.NUnit.Property]
    public void Parse_AnyNumber_IsTakenExactlyWhereItIsInRange(NormalFloat number)
    {
        var reason = QuantityText.Parse(Encoding.UTF8.GetBytes(number.Get.ToString("R", CultureInfo.InvariantCulture)), pointMayGroup: false, out var value);

        value.Should().Be(number.Get);
        (reason is null).Should().Be(number.Get is >= 0 and <= QuantityText.Maximum);
    }

    [FsCheck.NUnit.Property]
    public void Parse_AnyCount_IsTaken(NonNegativeInt number)
    {
        QuantityText.Parse(Encoding.UTF8.GetBytes($"{number.Get}"), pointMayGroup: false, out var value).Should().BeNull();

        value.Should().Be(number.Get);
    }

    [TestCase("1,000")]
    [TestCase("0x10")]
    [TestCase("--1")]
    [TestCase("1 2")]
    [TestCase("true")]
    [TestCase("[…]")]
    public void Parse_NoNumber_SaysSo(string text) =>
        QuantityText.Parse(Encoding.UTF8.GetBytes(text), pointMayGroup: false, out _).Should().StartWith("is not a number");

    [TestCase("1,234", "thousands separator")]
    [TestCase("1,234,567.5", "thousands separator")]
    [TestCase("1.234,5", "thousands separator")]
    [TestCase("1.234.567", "thousands separator")]
    [TestCase("1 234", "thousands separator")]
    [TestCase("1\u00A0234", "thousands separator")]
    [TestCase("1\u202F234,5", "thousands separator")]
    [TestCase("1'234", "thousands separator")]
    [TestCase("1,5", "decimal comma")]
    [TestCase("12345,25", "decimal comma")]
    public void Parse_NumberOfAnotherCountry_NamesTheProblem(string text, string problem) =>
        QuantityText.Parse(Encoding.UTF8.GetBytes(text), pointMayGroup: false, out _).Should().StartWith("is not a number").And.Contain(problem);

    [TestCase("1.234", true, false)]
    [TestCase("1.234", false, true)]
    [TestCase("1.23", true, true)]
    [TestCase("0.1234", true, true)]
    public void Parse_PointBeforeThreeDigits_IsOnlyTakenWhereItCanMeanOneThing(string text, bool pointMayGroup, bool taken) =>
        (QuantityText.Parse(Encoding.UTF8.GetBytes(text), pointMayGroup, out _) is null).Should().Be(taken);

    [Test]
    public void Parse_MinusZero_IsZero()
    {
        QuantityText.Parse("-0"u8, pointMayGroup: false, out var value).Should().BeNull();

        double.IsNegative(value).Should().BeFalse();
    }
}
