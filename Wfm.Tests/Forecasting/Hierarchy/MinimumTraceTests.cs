using FsCheck.Fluent;
using Wfm.Forecasting;
using Wfm.Forecasting.Hierarchy;

namespace Wfm.Tests.Forecasting.Hierarchy;

/// <remarks>
/// Golden values: R 4.2.2, the textbook's matrices written out (Hyndman &amp; Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed.,
/// figure 11.1 and §11.3), for the structure total = A + B, A = AA + AB + AC, B = BA + BB:
/// <code>
/// S &lt;- rbind(c(1,1,1,1,1), c(1,1,1,0,0), c(0,0,0,1,1), diag(5)); yhat &lt;- c(107, 52, 46, 11, 23, 19, 31, 17)
/// e &lt;- outer(1:12, 1:8, function(t, i) c(10,6,4,2,2,2,2,2)[i] * sin(2*t) + 3 * sin(t * i + i^2))
/// recon &lt;- function(W) { Wi &lt;- solve(W); as.vector(S %*% solve(t(S) %*% Wi %*% S, t(S) %*% Wi %*% yhat)) }
/// n &lt;- nrow(e); cov &lt;- crossprod(e) / n; r &lt;- cov2cor(cov); xs &lt;- scale(e, center = FALSE, scale = sqrt(diag(cov)))
/// v &lt;- (crossprod(xs^2) - crossprod(xs)^2 / n) / (n * (n - 1)); diag(v) &lt;- 0; lambda &lt;- sum(v) / sum((r - diag(8))^2)
/// W &lt;- lambda * diag(diag(cov)) + (1 - lambda) * cov
/// # non-negative: quadprog 1.5.8, solve.QP(t(S) %*% solve(W) %*% S, t(S) %*% solve(W) %*% yneg, diag(5), rep(0, 5))
/// </code>
/// </remarks>
public sealed class MinimumTraceTests
{
    private static readonly SummingStructure Textbook = SummingStructure.Grouped(
        ["AA", "AB", "AC", "BA", "BB"], HierarchyLevel.Total(5), new HierarchyLevel("state", ["A", "A", "A", "B", "B"]));

    private static readonly double[] Base = [107, 52, 46, 11, 23, 19, 31, 17];
    private static readonly double[] WithNegatives = [30, 20, 14, 2, -9, 25, 12, -1];
    private static readonly double[] Common = [10, 6, 4, 2, 2, 2, 2, 2];

    private static double[][] Errors() =>
        [
            .. Enumerable.Range(1, 12)
                .Select(t => Common.Select((c, k) => (c * Math.Sin(2 * t)) + (3 * Math.Sin((t * (k + 1)) + ((k + 1) * (k + 1))))).ToArray()),
        ];

    private static ErrorCovariance Covariance(string method) => method switch
    {
        "ols" => ErrorCovariance.Ols(Textbook),
        "structural" => ErrorCovariance.Structural(Textbook),
        "variance" => ErrorCovariance.Variance(Errors()),
        _ => ErrorCovariance.Shrunk(Errors()),
    };

    [TestCase(
        "ols", 103.655172413793, 54.7586206896552, 48.8965517241379, 11.5862068965517, 23.5862068965517, 19.5862068965517, 31.448275862069, 17.448275862069)]
    [TestCase("structural", 102, 54, 48, 11.3333333333333, 23.3333333333333, 19.3333333333333, 31, 17)]
    [TestCase(
        "variance", 100.951684293767, 53.1612349310175, 47.7904493627498, 11.060118307059, 23.0508712408757, 19.0502453830828, 30.9241553820387,
        16.8662939807111)]
    [TestCase(
        "shrunk", 100.136880239825, 52.4440741071846, 47.6928061326408, 10.2962054023835, 23.125428355576, 19.0224403492251, 31.0814566725098, 16.611349460131
    )]
    public void Reconcile_TextbookHierarchy_MatchesR(string method, params double[] expected)
    {
        var nodes = new MinimumTrace(Textbook, Covariance(method)).Reconcile(Base);

        nodes.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Test]
    public void Shrunk_TextbookHierarchy_HasTheIntensityOfR() => Covariance("shrunk").Shrinkage.Should().BeApproximately(0.325976449477571, 1e-12);

    [TestCase("ols", 32.75, 21.125, 11.625, 0, 0, 21.125, 11.625, 0)]
    [TestCase("shrunk", 42.9838927777414, 26.0479141741065, 16.9359786036348, 1.81042551056162, 0, 24.2374886635449, 13.4025425118941, 3.53343609174071)]
    public void Reconcile_NegativeForecasts_IsTheNearestNonNegativePointOfR(string method, params double[] expected)
    {
        var nodes = new MinimumTrace(Textbook, Covariance(method)).Reconcile(WithNegatives);

        nodes.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        nodes.Should().OnlyContain(v => v >= 0);
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public FsCheck.Property Reconcile_AnyHierarchy_AddsUp() => Prop.ForAll(RandomHierarchy.Any, h =>
        h.Covariances().All(w => h.Gap(new MinimumTrace(h.Structure, w).Reconcile(h.Forecasts)) < 1e-12));

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public FsCheck.Property Reconcile_ForecastsThatAddUp_StayAsTheyAre() => Prop.ForAll(RandomHierarchy.Any, h =>
    {
        var coherent = h.Structure.Sum(h.Forecasts.AsSpan(h.Structure.AggregateCount)); // S·G·S = S: unbiased stays unbiased
        return h.Covariances().All(w => new MinimumTrace(h.Structure, w).Reconcile(coherent)
            .Zip(coherent).All(pair => Math.Abs(pair.First - pair.Second) < 1e-7 * Math.Max(1, coherent.Max())));
    });

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public FsCheck.Property Reconcile_ManyNegatives_MeetsTheConditionsOfOptimality() => Prop.ForAll(RandomHierarchy.Any, h =>
    {
        double[] wild = [.. h.Forecasts.Select((f, i) => f * Math.Sin(i + h.Errors.Length))];
        var structure = h.Structure;
        var nodes = new MinimumTrace(structure, ErrorCovariance.Structural(structure)).Reconcile(wild);
        double[] residual = [.. nodes.Select((node, i) => (wild[i] - node) / structure.Nodes[i].Bottoms.Count)];
        var tolerance = 1e-8 * wild.Max(Math.Abs);
        return Enumerable.Range(0, structure.BottomCount).All(b =>
        {
            var pull = structure.Nodes.Index().Where(n => n.Item.Bottoms.Contains(b)).Sum(n => residual[n.Index]); // −gradient in series b
            var value = nodes[structure.AggregateCount + b];
            return value >= 0 && pull <= tolerance && (value < tolerance || Math.Abs(pull) < tolerance);
        });
    });

    [Test]
    public void Reconcile_ScaledForecastsAndErrors_Scales()
    {
        var h = RandomHierarchy.Make(5);
        var small = new MinimumTrace(h.Structure, ErrorCovariance.Shrunk(h.Errors)).Reconcile(h.Forecasts);
        var large = new MinimumTrace(h.Structure, ErrorCovariance.Shrunk([.. h.Errors.Select(e => e.Select(v => v * 1e9).ToArray())]))
            .Reconcile([.. h.Forecasts.Select(f => f * 1e9)]);

        large.Zip(small).Should().OnlyContain(pair => Math.Abs((pair.First / 1e9) - pair.Second) < 1e-9 * Math.Max(1, pair.Second));
    }

    [Test]
    public void Reconcile_NodesWithoutDoubt_KeepTheirForecasts()
    {
        var nodes = new MinimumTrace(Textbook, ErrorCovariance.Diagonal([4, 4, 4, 0, 1, 1, 1, 0])).Reconcile(Base);

        (nodes[3], nodes[7]).Should().Be((11, 17));
        nodes[0].Should().BeGreaterThan(101);
    }

    [Test]
    public void Reconcile_HundredsOfSeries_AddsUp()
    {
        const int Series = 300;
        var structure = SummingStructure.Grouped(
            [.. Enumerable.Range(0, Series).Select(b => $"{b}")],
            HierarchyLevel.Total(Series),
            new HierarchyLevel("hub", [.. Enumerable.Range(0, Series).Select(b => $"{b % 11}")]),
            new HierarchyLevel("language", [.. Enumerable.Range(0, Series).Select(b => $"{b % 29}")]));
        var random = new Random(1);
        double[][] errors = [.. Enumerable.Range(0, 60).Select(_ => structure.Nodes.Select(n => (random.NextDouble() - 0.5) * n.Bottoms.Count).ToArray())];

        var nodes = new MinimumTrace(structure, ErrorCovariance.Shrunk(errors)).Reconcile([
            .. structure.Nodes.Select(n => (random.NextDouble() - 0.2) * n.Bottoms.Count),
        ]);

        structure.Sum(nodes.AsSpan(structure.AggregateCount)).Should().Equal(nodes);
        nodes.Should().OnlyContain(v => v >= 0);
    }

    [Test]
    public void Reconcile_WrongArguments_SayWhat()
    {
        var trace = new MinimumTrace(Textbook, ErrorCovariance.Ols(Textbook));
        FluentActions.Invoking(() => trace.Reconcile([1, 2])).Should().Throw<ArgumentException>().WithMessage("*2 forecasts*8 nodes*");
        FluentActions.Invoking(() => trace.Reconcile([1, 2, double.NaN, 1, 1, 1, 1, 1])).Should().Throw<ArgumentException>().WithMessage("*'B'*NaN*");
        FluentActions.Invoking(() => new MinimumTrace(Textbook, ErrorCovariance.Diagonal([1]))).Should().Throw<ArgumentException>().WithMessage("*1 nodes*8*");
        FluentActions.Invoking(() => ErrorCovariance.Diagonal([1, -1])).Should().Throw<ArgumentException>().WithMessage("*node 1*-1*");
        FluentActions.Invoking(() =>
                ErrorCovariance.Shrunk([
                    [1, 2],
                    [1, double.NaN],
                ]))
            .Should().Throw<ForecastDataException>().WithMessage("*Of 2*1 are complete*");
        FluentActions.Invoking(() => ErrorCovariance.Variance([[1, 2], [1]])).Should().Throw<ArgumentException>().WithMessage("*one length*");
    }
}
