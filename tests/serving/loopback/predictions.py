"""What the methods of PredictionService and ModelService answer, message for message."""

from tensorflow.core.protobuf import meta_graph_pb2
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    predict_pb2,
    regression_pb2,
)

from tests.serving.c_api.libtensorflow import TensorFlowError
from tests.serving.loopback.status import NAMES, StatusError, invalid
from tests.serving.loopback.tensor_protos import to_array, to_proto

AVAILABLE = get_model_status_pb2.ModelVersionStatus.AVAILABLE


def predict(models, request, *, max_batch_size=None):
    """Returns a PredictResponse (predict_util.cc)."""
    version, model = models.find(request.model_spec)
    name = request.model_spec.signature_name or "serving_default"
    if name not in model.signatures:
        raise StatusError(
            "FAILED_PRECONDITION", f'Serving signature key "{name}" not found.'
        )  # fmt: skip
    signature = model.signatures[name]
    inputs = _inputs(signature, request.inputs)
    wanted = _filtered(signature, request.output_filter)
    found = _run(model, name, inputs, wanted, max_batch_size)
    response = predict_pb2.PredictResponse()
    _fill_spec(response.model_spec, request.model_spec.name, version, name)
    for key, array in found.items():
        response.outputs[key].CopyFrom(to_proto(array, signature.outputs[key].dtype))
    return response


def _inputs(signature, given):
    asked, extra = set(signature.inputs), set(given) - set(signature.inputs)
    if len(given) != len(asked):
        missing = asked - set(given)
        raise invalid(
            f"input size does not match signature: {len(given)}!={len(asked)} len("
            f"{_set(given)}) != len({_set(asked)}). Sent extra: {_set(extra)}. "
            f"Missing but required: {_set(missing)}."
        )
    for key in extra:
        raise invalid(
            f"input tensor alias not found in signature: {key}. "
            f"Inputs expected to be in the set {_set(asked)}."
        )
    return {key: to_array(key, given[key], info) for key, info in signature.inputs.items()}


def _filtered(signature, names):
    for key in names:
        if key not in signature.outputs:
            raise invalid(
                f"output tensor alias not found in signature: {key} "
                f"Outputs expected to be in the set {_set(signature.outputs)}."
            )
        if list(names).count(key) > 1:
            raise invalid(f"duplicate output tensor alias: {key}")
    return list(names or signature.outputs)


def _run(model, name, inputs, outputs, max_batch_size):
    rows = max(len(array) for array in inputs.values())
    if max_batch_size is not None and rows > max_batch_size:  # shared_batch_scheduler.h
        raise invalid(f"Task size {rows} is larger than maximum input batch size {max_batch_size}")
    try:
        return model.run(name, inputs, outputs)
    except TensorFlowError as error:
        raise StatusError(NAMES[error.code], str(error)) from None


def classify(models, request):
    """Returns a ClassificationResponse (classifier.cc)."""
    response = classification_pb2.ClassificationResponse()
    found = _run_examples(models, request, response, "classification", {"classes", "scores"})
    for labels, scores in zip(found["classes"], found["scores"], strict=True):
        classes = response.result.classifications.add().classes
        for label, score in zip(labels, scores, strict=True):
            classes.add(label=label.decode(), score=score)
    return response


def regress(models, request):
    """Returns a RegressionResponse (regressor.cc)."""
    response = regression_pb2.RegressionResponse()
    found = _run_examples(models, request, response, "regression", {"outputs"})
    for value in found["outputs"].reshape(-1):
        response.result.regressions.add(value=value)
    return response


def _run_examples(models, request, response, method, outputs):
    version, model = models.find(request.model_spec)
    name = request.model_spec.signature_name or "serving_default"
    if name not in model.signatures:
        raise invalid(f"No signature was found with the name: {name}")
    signature = model.signatures[name]
    if set(signature.inputs) != {"inputs"}:
        raise invalid(f"No {method} inputs found in SignatureDef")
    if not set(signature.outputs) <= outputs:
        raise invalid(f"Expected {method} signature outputs, found {[*signature.outputs]}")
    examples = [e.SerializeToString() for e in request.input.example_list.examples]
    if not examples:
        raise invalid("Input is empty.")
    _fill_spec(response.model_spec, request.model_spec.name, version, name)
    return _run(model, name, {"inputs": examples}, list(signature.outputs), None)


def get_model_metadata(models, request):
    """Returns a GetModelMetadataResponse (get_model_metadata_impl.cc)."""
    if not request.metadata_field:
        raise invalid("GetModelMetadataRequest must specify at least one metadata_field")
    for field in request.metadata_field:
        if field != "signature_def":
            raise invalid(f"Metadata field {field} is not supported")
    version, model = models.find(request.model_spec)
    described = get_model_metadata_pb2.SignatureDefMap()
    for name, signature in model.signatures.items():
        described.signature_def[name].CopyFrom(_signature_def(signature))
    response = get_model_metadata_pb2.GetModelMetadataResponse()
    _fill_spec(response.model_spec, request.model_spec.name, version, "")
    response.metadata["signature_def"].Pack(described)
    return response


def _signature_def(signature):
    described = meta_graph_pb2.SignatureDef(method_name=signature.method)
    for part, tensors in (("inputs", signature.inputs), ("outputs", signature.outputs)):
        for key, info in tensors.items():
            tensor = getattr(described, part)[key]
            tensor.name, tensor.dtype = info.name, info.dtype
            for size in info.shape:
                tensor.tensor_shape.dim.add(size=size)
    return described


def get_model_status(models, request):
    """Returns a GetModelStatusResponse (get_model_status_impl.cc)."""
    response = get_model_status_pb2.GetModelStatusResponse()
    for version in models.versions(request.model_spec):
        status = response.model_version_status.add(version=version, state=AVAILABLE)
        status.status.error_code = 0
    return response


def _fill_spec(spec, name, version, signature):
    spec.name, spec.version.value, spec.signature_name = name, version, signature


def _set(names):
    return "{" + ",".join(sorted(names)) + "}"
