using static Plumb.Tests.MomentsTests;

namespace Plumb.Tests;

/// <summary>Moments know what they were merged from; their sums do not.</summary>
public sealed class MomentsPartsTests
{
    private static readonly Moments s_first = Saved(Moments.Of(ToDataset([[1, 2, 3, 4], [2, 3, 5, 7]])));
    private static readonly Moments s_second = Saved(Moments.Of(ToDataset([[1, 5, 3, 4], [2, 3, -5, 7]])));

    [Fact]
    public void Moments_in_memory_have_no_parts_and_become_one_when_they_are_saved()
    {
        var rows = Moments.Of(ToDataset([[1, 2, 3, 4], [2, 3, 5, 7]]));
        Assert.Empty(rows.Parts);
        Assert.Equal([new MomentsPart(Convert.ToHexStringLower(Bytes(rows)[^32..]), 2)], Saved(rows).Parts);
        Assert.Empty(Saved(new Moments(2, 1)).Parts);
    }

    [Fact]
    public void Files_of_one_part_are_as_they_were_before_there_were_parts()
    {
        var bytes = Bytes(s_first);
        Assert.Equal(1, bytes[8]); // the version
        Assert.Equal(Bytes(Moments.Of(ToDataset([[2, 3, 5, 7], [1, 2, 3, 4]]))), bytes);
        Assert.Equal(Bytes(s_first), Bytes(Saved(s_first)));
    }

    [Fact]
    public void Merge_adds_parts_and_Remove_takes_them_away()
    {
        var both = s_first.Clone();
        both.Merge(s_second);
        var other = s_second.Clone();
        other.Merge(s_first);
        Assert.Equal(new[] { s_first, s_second }.Select(part => part.Parts.Single()).OrderBy(part => part.Hash,
            StringComparer.Ordinal), both.Parts);
        Assert.Equal(Bytes(both), Bytes(other));
        Assert.Equal(Bytes(both), Bytes(Saved(both)));
        both.Remove(s_first);
        Assert.Equal(Bytes(s_second), Bytes(both));
        both.Remove(s_second);
        Assert.Equal((0, 0), (both.Rows, both.Parts.Count));
    }

    [Fact]
    public void Rows_added_or_removed_one_by_one_make_a_part_of_the_whole()
    {
        var more = s_first.Clone();
        more.Add([1, 2], [3, 4]);
        Assert.Equal(s_first.Parts, more.Parts);
        var saved = Saved(more);
        Assert.Equal(2, saved.Parts.Count);
        Assert.Contains(s_first.Parts.Single(), saved.Parts);
        Assert.Contains(saved.Parts, part => part.Rows == 3);
        more.Remove(s_second); // which was never in it
        Assert.Equal(s_first.Parts, more.Parts);
    }

    [Fact]
    public void Equality_and_columns_chosen_do_not_depend_on_parts()
    {
        var both = s_first.Clone();
        both.Merge(s_second);
        var rows = both.AsOnePart();
        Assert.Equal(rows, both);
        Assert.Empty(rows.Parts);
        Assert.Equal(both.Parts, both.Drop("x2").Parts);
        Assert.Equal(both.Parts, Saved(both.Drop("x2")).Parts);
    }

    [Fact]
    public void Load_refuses_every_single_damaged_byte_and_every_truncation_of_a_file_of_parts()
    {
        var both = s_first.Clone();
        both.Merge(s_second);
        var bytes = Bytes(both);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => Moments.Load(new MemoryStream(bytes[..i])));
        }
    }

    [Fact]
    public void Adding_while_another_thread_adds_throws_and_loses_no_row()
    {
        var (moments, other) = (new Moments(1, 1), new Moments(1, 1));
        var (added, refused) = (0, 0);
        void OnAnotherThread(Action add) => Task.Run(() =>
        {
            try
            {
                add();
                added++;
            }
            catch (InvalidOperationException)
            {
                refused++;
            }
        }, TestContext.Current.CancellationToken).Wait(TestContext.Current.CancellationToken);
        var rows = new WatchedRows([[1.0], [2.0], [3.0]], () =>
        {
            OnAnotherThread(() => moments.Add([1.0], [1.0]));
            OnAnotherThread(() => moments.Merge(s_one));
            OnAnotherThread(() => other.Merge(moments));
        });
        moments.AddRows(rows, rows);
        Assert.True(refused > 0 && refused % 3 == 0);
        Assert.True(added > 0); // while shapes are looked at, before the adding begins
        Assert.Equal(3 + 2 * added / 3, moments.Rows);
        moments.Add([1.0], [1.0]); // which is over
        Assert.Throws<ArgumentException>(() => moments.Add([double.NaN], [1.0]));
        moments.Add([1.0], [1.0]);
    }

    [Fact]
    public void Threads_that_share_moments_see_all_rows_from_the_first_look_on()
    {
        var rows = ToDataset([.. Enumerable.Range(0, 3000).Select(i => (double[])[i, i % 7, 1.0 / (i + 1), -i])]);
        var expected = Bytes(Moments.Of(rows));
        for (var tries = 0; tries < 100; tries++)
        {
            var moments = Moments.Of(rows);
            using var start = new Barrier(4);
            var seen = new byte[4][];
            var threads = Enumerable.Range(0, 4).Select(k => new Thread(() =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                seen[k] = Bytes(moments);
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.All(seen, bytes => Assert.Equal(expected, bytes));
        }
    }

    private static readonly Moments s_one = Moments.Of(new Dataset(Matrix.Create(1, 1, (_, _) => 1),
        Matrix.Create(1, 1, (_, _) => 1)));

    private static Moments Saved(Moments moments) => Moments.Load(new MemoryStream(Bytes(moments)));

    private sealed class WatchedRows(double[][] rows, Action read) : IReadOnlyList<double[]>
    {
        public int Count => rows.Length;

        public double[] this[int index]
        {
            get
            {
                read();
                return rows[index];
            }
        }

        public IEnumerator<double[]> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
