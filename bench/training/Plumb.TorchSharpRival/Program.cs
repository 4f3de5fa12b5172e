using Plumb.TrainingRivals;
using static TorchSharp.torch;

// Trains with TorchSharp as its documentation shows: a Linear module, autograd, SGD. It may fail to load its native
// library; bench/training/run tells that then.
var (folder, results) = (args[0], args[1]);
foreach (var task in new[] { TrainingTask.Row, TrainingTask.Batch })
{
    var data = task.Read(folder);
    using var x = tensor(data.Inputs.Values.ToArray(), [task.Rows, task.Inputs], float64);
    using var y = tensor(data.Targets.Values.ToArray(), [task.Rows, task.Targets], float64);
    Contest.Measure(results, task, "TorchSharp", task.Steps, () =>
    {
        using var model = nn.Linear(task.Inputs, task.Targets, dtype: float64);
        nn.init.zeros_(model.weight);
        nn.init.zeros_(model.bias!);
        using var optimizer = optim.SGD(model.parameters(), task.Rate);
        for (var step = 0; step < task.Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var (rows, targets) = task == TrainingTask.Row ? (x[step], y[step]) : (x, y);
            var loss = nn.functional.mse_loss(model.forward(rows), targets) * task.Targets;
            loss.backward();
            optimizer.step();
        }

        return model.weight.sum().item<double>() + model.bias!.sum().item<double>();
    });
}
